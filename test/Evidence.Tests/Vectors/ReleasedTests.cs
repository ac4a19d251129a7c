using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>What was once given out must verify for ever: files of earlier versions, which no test makes anew.</summary>
public sealed class ReleasedTests
{
    /// <summary>SHA-256 of each version's SHA256SUMS. A line is added with a version; none is ever changed.</summary>
    private static readonly Dictionary<string, string> s_versions = new()
    {
        ["1"] = "04f72011b1e45d724e38c8768977c28167c7aa7208e94f16cdaf409adf544818",
    };

    public static TheoryData<string> Versions => [.. s_versions.Keys];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Files_of_a_version_are_those_that_were_released(string version)
    {
        var sums = File.ReadAllBytes(Repository.Path("vectors", "released", version, "SHA256SUMS"));
        Assert.Equal(s_versions[version], Digest.Of(sums).ToString());

        var listed = System.Text.Encoding.UTF8.GetString(sums).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split("  ")).ToDictionary(l => l[1], l => l[0]);
        Assert.NotEmpty(listed);
        Assert.All(listed, f => Assert.Equal(f.Value, Digest.Of(File.ReadAllBytes(Repository.Path("vectors", "released", version, f.Key))).ToString()));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Everything_that_verified_once_verifies_now(string version)
    {
        var formats = Directory.GetDirectories(Repository.Path("vectors", "released", version)).Select(d => Path.GetFileName(d)).Except(["stores"]).ToArray();
        Assert.NotEmpty(formats);
        foreach (var format in formats)
        {
            var folder = Path.Combine("released", version, format);
            Assert.All(Vector.ReadAll(folder), vector => Assert.Equal((vector.Name, 0), (vector.Name, VectorJudge.Judge(format, vector, vector.Bytes(folder)).Verdict)));
        }
    }
}
