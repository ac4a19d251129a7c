using System.Text.Json;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Spoiled =>
        [.. Vector.ReadAll("packs").Where(v => v.Verdict != 0).Select(v => v.Name)];

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
        var outcome = await CommandLine.RunAsync(["verify", Pack(name), .. expected.Roster is null ? Array.Empty<string>() : ["--roster", Roster(name)]]);

        Assert.Equal((1, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith(
            $"REFUSED {expected.Verdict} {expected.VerdictName}: {PackSentences.Of((PackVerdict)expected.Verdict).En}", outcome.Output, StringComparison.Ordinal);
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
        Assert.Equal(23, json.RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal("refused", json.RootElement.GetProperty("steps")[4].GetProperty("outcome").GetString());
        Assert.False(json.RootElement.TryGetProperty("court", out _));
    }

    [Fact]
    public async Task Courts_that_vouch_are_listed_with_size_time_and_whether_the_roster_confirms_them()
    {
        var english = await CommandLine.RunAsync("verify", Pack("valid-final-silent-approval"), "--roster", Roster("valid-final"), "--lang", "en");
        var chinese = await CommandLine.RunAsync("verify", Pack("valid-final-silent-approval"), "--roster", Roster("valid-final"), "--lang", "zh");

        Assert.Equal(0, english.Exit);
        Assert.Contains("Final: 4 of 5 courts vouch for 3 entries (epoch 1, 4 needed), at 2026-01-01 08:01:41 +08:00", english.Output, StringComparison.Ordinal);
        Assert.Contains("vouches 2026-01-01 08:01:42 +08:00  Sample court 3 (示0103, log.c3.example/1): your roster confirms it", english.Output, StringComparison.Ordinal);
        Assert.Contains("does not vouch  Sample court 4", english.Output, StringComparison.Ordinal);
        Assert.Contains("Sample court 5 (示0105, log.c5.example/1): in your roster, but it did not itself agree", english.Output, StringComparison.Ordinal);
        Assert.Contains("! Of the 4 courts that vouch, your roster confirms 3", english.Output, StringComparison.Ordinal);
        Assert.Contains("终局：5 家法院中 4 家为前 3 条记录作证", chinese.Output, StringComparison.Ordinal);
        Assert.Contains("未作证  示例4法院", chinese.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Geneses_given_one_by_one_are_one_roster()
    {
        var geneses = WatchedCourt.Geneses.Take(4).SelectMany((g, i) => (string[])["--roster", _folder.Write($"{i}.cose", g.Statement.Bytes.ToArray())]);
        var outcome = await CommandLine.RunAsync(["verify", Pack("valid-final"), .. geneses]);

        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Contains("Sample court 4 (示0104, log.c4.example/1): your roster confirms it", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Sample court 5 (示0105, log.c5.example/1): only the pack names it", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_rosters_that_contradict_each_other_exit_2()
    {
        var other = _folder.Write("other.cbor", Convert.FromHexString(Vector.Read("packs", "roster-not-pinned").Roster!));
        await Usage("is another court in another roster", Pack("valid"), "--roster", Roster(), "--roster", other);
    }

    [Fact]
    public async Task Anchor_is_told_with_what_to_compare()
    {
        var outcome = await CommandLine.RunAsync("verify", Pack("valid-anchored-earlier"), "--roster", Roster("valid-final"));

        Assert.Contains("Anchored: the first 2 entries, engine one, block 1", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("! Whether it is anchored, ask another court", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Court_that_stands_alone_is_said_to()
    {
        var outcome = await CommandLine.RunAsync("verify", Pack("valid"), "--roster", Roster());
        Assert.Contains("! No other court vouches for this log", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_report_lists_the_courts_and_the_anchor()
    {
        var outcome = await CommandLine.RunAsync("verify", Pack("valid-anchored"), "--roster", Roster("valid-final"), "--json");
        using var json = JsonDocument.Parse(outcome.Output);
        var finality = json.RootElement.GetProperty("finality");
        var courts = finality.GetProperty("courts").EnumerateArray().ToArray();

        Assert.Equal((4, 4, 4, 3), (Number("needed"), Number("voices"), Number("knownVoices"), Number("size")));
        Assert.Equal(5, courts.Length);
        Assert.Equal([true, true, false, true, true], courts.Select(c => c.GetProperty("vouches").GetBoolean()));
        Assert.All(courts, c => Assert.Equal("known", c.GetProperty("standing").GetString()));
        Assert.Equal(9, json.RootElement.GetProperty("anchor").GetProperty("lastNumber").GetInt64());

        int Number(string name) => finality.GetProperty(name).GetInt32();
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

    private string Roster(string of = "valid") => _folder.Write("roster.cbor", Convert.FromHexString(Vector.Read("packs", of).Roster!));
}
