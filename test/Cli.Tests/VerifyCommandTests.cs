using System.Text.Json;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Spoiled =>
        [.. Vector.ReadAll("packs").Where(v => v.Verdict != 0 && v.VerdictName != nameof(PackVerdict.RosterNotPinned)).Select(v => v.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Valid_pack_exits_0_and_says_so_in_both_languages()
    {
        var english = await CommandLine.RunAsync("verify", Pack("valid"), "--roster", Roster());
        var chinese = await CommandLine.RunAsync("verify", Pack("valid"), "--roster", Roster(), "--lang", "zh");

        Assert.Equal((0, ""), (english.Exit, english.Error));
        Assert.StartsWith("VALID: The pack is valid", english.Output, StringComparison.Ordinal);
        Assert.Contains("The court is in the roster you gave.", english.Output, StringComparison.Ordinal);
        Assert.Equal(0, chinese.Exit);
        Assert.StartsWith("有效: 证据包有效", chinese.Output, StringComparison.Ordinal);
        Assert.Contains("示例区人民法院", chinese.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_follows_the_environment()
    {
        var outcome = await CommandLine.RunAsync(new Dictionary<string, string> { ["LANG"] = "zh_CN.UTF-8" }, "", "verify", Pack("valid-small"));
        Assert.StartsWith("有效", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Genesis_alone_will_do_as_a_roster()
    {
        var genesis = _folder.Write("genesis.cose", new SampleCourt().Genesis.Statement.Bytes.ToArray());
        var outcome = await CommandLine.RunAsync("verify", Pack("valid-small"), "--roster", genesis);

        Assert.Equal(0, outcome.Exit);
        Assert.Contains("The court is in the roster you gave.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_roster_the_pack_is_valid_and_the_fingerprint_is_shown_to_compare()
    {
        var outcome = await CommandLine.RunAsync("verify", Pack("valid-small"));

        Assert.Equal(0, outcome.Exit);
        Assert.Contains("No roster was given", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(new SampleCourt().Genesis.Fingerprint, outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Among them one flipped byte in a statement (50), a receipt (51) and a picture (52).</summary>
    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task Spoiled_pack_exits_1_with_its_number_and_a_sentence(string name)
    {
        var expected = Vector.Read("packs", name);
        var outcome = await CommandLine.RunAsync("verify", Pack(name));

        Assert.Equal((1, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith(
            $"REFUSED {expected.Verdict} {expected.VerdictName}: {PackSentences.Of((PackVerdict)expected.Verdict).En}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Court_outside_the_roster_exits_1()
    {
        var roster = Convert.FromHexString(Vector.Read("packs", "roster-not-pinned").Roster!);
        var outcome = await CommandLine.RunAsync("verify", Pack("roster-not-pinned"), "--roster", _folder.Write("other.cbor", roster));

        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("REFUSED 70 RosterNotPinned", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_report_says_the_same_for_programs()
    {
        var outcome = await CommandLine.RunAsync("verify", Pack("receipt-altered"), "--json");
        using var json = JsonDocument.Parse(outcome.Output);

        Assert.Equal(1, outcome.Exit);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(51, json.RootElement.GetProperty("verdict").GetInt32());
        Assert.Equal("ReceiptAltered", json.RootElement.GetProperty("verdictName").GetString());
        Assert.Equal(19, json.RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal("refused", json.RootElement.GetProperty("steps")[4].GetProperty("outcome").GetString());
        Assert.False(json.RootElement.TryGetProperty("court", out _));
    }

    [Fact]
    public async Task File_that_is_not_there_exits_2() => await Usage("Cannot read", Path.Combine(_folder.Root, "none.zip"));

    [Fact]
    public async Task Folder_instead_of_a_file_exits_2() => await Usage("Cannot read", _folder.Root);

    [Fact]
    public async Task Device_instead_of_a_file_exits_2() => await Usage("Cannot read", "/dev/stdin");

    [Fact]
    public async Task Roster_that_is_none_exits_2() => await Usage("is no roster", Pack("valid"), "--roster", Pack("valid"));

    [Fact]
    public async Task Roster_that_is_not_there_exits_2() => await Usage("Cannot read", Pack("valid"), "--roster", "none.cbor");

    [Fact]
    public async Task No_pack_at_all_exits_2() => await Usage("PACK");

    [Fact]
    public async Task Unknown_option_exits_2() => await Usage("--trust-me", Pack("valid"), "--trust-me");

    [Fact]
    public async Task Empty_file_is_refused_as_no_pack()
    {
        var outcome = await CommandLine.RunAsync("verify", _folder.Write("empty.zip", []));
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("REFUSED 10 NotCanonical", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Huge_file_is_refused_by_its_length_alone()
    {
        var path = Path.Combine(_folder.Root, "huge.zip");
        using (var huge = File.Create(path))
        {
            // Sparse: takes no room on the disk.
            huge.SetLength(6L * 1024 * 1024 * 1024);
        }

        var outcome = await CommandLine.RunAsync("verify", path);
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("REFUSED 20 LimitExceeded", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>strace, because what a program does not do is seen only from outside.</summary>
    [Fact]
    public async Task No_network_socket_is_opened()
    {
        var trace = Path.Combine(_folder.Root, "trace");
        var outcome = await CommandLine.RunAsync(
            "strace", new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" }, "",
            "-f", "-e", "trace=socket,connect", "-o", trace, CommandLine.Program, "verify", Pack("valid"), "--roster", Roster());

        Assert.Equal(0, outcome.Exit);
        Assert.DoesNotContain("AF_INET", await File.ReadAllTextAsync(trace, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task Usage(string why, params string[] arguments)
    {
        var outcome = await CommandLine.RunAsync(["verify", .. arguments]);
        Assert.Equal(2, outcome.Exit);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
    }

    private static string Pack(string name) => CommandLine.Vector("packs", name + ".zip");

    private string Roster() => _folder.Write("roster.cbor", Convert.FromHexString(Vector.Read("packs", "valid").Roster!));
}
