using System.Xml.Linq;

namespace Cinnabar.Architecture.Tests;

/// <summary>Who may reference whom: ARCHITECTURE.md, section 3.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Evidence"] = [],
        ["Registry"] = ["Evidence"],
        ["Ledger"] = ["Evidence"],
        ["Ledger.Sqlite"] = ["Ledger"],
        ["Ledger.Etcd"] = ["Ledger"],
        ["Ledger.Evm"] = ["Ledger"],
        ["Ledger.Timestamps"] = ["Evidence"],
        ["Uplink"] = ["Evidence"],
        ["Seal"] = ["Evidence", "Uplink"],
        ["Station"] = ["Evidence", "Registry", "Ledger", "Ledger.Sqlite", "Ledger.Etcd", "Ledger.Evm", "Ledger.Timestamps", "Uplink"],
        ["Cli"] = ["Evidence", "Registry", "Ledger", "Uplink"],
    };

    // The verifier that the opposing party runs must be small enough to read: no third-party code below it.
    private static readonly string[] s_withoutPackages = ["Evidence", "Registry", "Ledger", "Uplink"];

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatIsAllowed(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(s_allowed.ContainsKey(name), $"{name} is not in the table of allowed references; add it there and to ARCHITECTURE.md.");
        Assert.Empty(References(project).Except(s_allowed[name]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void PureProject_HasNoPackages(string project)
    {
        if (s_withoutPackages.Contains(Path.GetFileNameWithoutExtension(project)))
        {
            Assert.Empty(Items(project, "PackageReference"));
        }
    }

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var solution = Repository.Read("Cinnabar.slnx");
        var missing = ((string[])["src", "test", "bench", "samples"])
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(project => !solution.Contains(project, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void EveryAllowedProject_IsNamedInArchitecture()
    {
        var text = Repository.Read("ARCHITECTURE.md");
        Assert.DoesNotContain(s_allowed.Keys, name => !text.Contains(name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
