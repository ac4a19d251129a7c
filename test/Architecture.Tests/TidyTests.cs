using System.Text.RegularExpressions;

namespace Cinnabar.Architecture.Tests;

/// <summary>Rules of CONTRIBUTING.md that a machine can read.</summary>
public sealed partial class TidyTests
{
    private const int FileLinesMax = 600;

    private static IEnumerable<string> Sources =>
        ((string[])["src", "bench", "samples"]).SelectMany(folder => Repository.Files(folder, "*.cs"));

    private static IEnumerable<string> Everything =>
        ((string[])["*.cs", "*.md", "*.json", "*.csproj", "*.ts", "*.tsx", "*.sh", "*.props"])
            .SelectMany(pattern => Repository.Files("", pattern));

    [Fact]
    public void NoFile_IsLongerThanTheRatchet() =>
        Assert.DoesNotContain(Sources, file => Repository.Read(file).AsSpan().Count('\n') > FileLinesMax);

    [Fact]
    public void NoType_IsNamedForWhatItIsNot() =>
        Assert.DoesNotContain(Sources, file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void NoSource_SaysThatItIsUnfinished() =>
        Assert.DoesNotContain(Sources, file => Unfinished().IsMatch(Repository.Read(file)));

    [Fact]
    public void NoFile_NamesAFolderOfOneMachine() =>
        Assert.DoesNotContain(Everything, file => MachinePath().IsMatch(Repository.Read(file)));

    [Fact]
    public void NoTest_SleepsOrIsSkipped() =>
        Assert.DoesNotContain(
            Repository.Files("test", "*.cs").Where(file => !file.StartsWith("test/Architecture.Tests/", StringComparison.Ordinal) && file != "test/Shared/Eventually.cs"),
            file => SleepOrSkip().IsMatch(Repository.Read(file)));

    [Fact]
    public void EveryLinkOfTheDocuments_LeadsSomewhere()
    {
        var broken = new List<string>();
        foreach (var document in Repository.Files("", "*.md"))
        {
            foreach (Match link in MarkdownLink().Matches(Repository.Read(document)))
            {
                var target = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value);
                if (!Path.Exists(target))
                {
                    broken.Add($"{document}: {link.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [GeneratedRegex("(Helper|Manager|Common|Utils?)s?$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"/(root|work|farm)/|/home/[a-z]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"Thread\.Sleep\((?!Timeout\.Infinite)|Skip\s*=\s*""")]
    private static partial Regex SleepOrSkip();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex MarkdownLink();
}
