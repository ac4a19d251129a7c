using System.Text.Json;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

/// <summary><c>cinnabar verify</c> of evidence that a court signed two histories.</summary>
public sealed class VerifyForkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _governance;

    public VerifyForkTests() => _governance = _folder.Write("governance.cbor", new SampleCourts(5).Governance.Encode());

    public static TheoryData<string> Spoiled => [.. Vector.ReadAll("forks").Where(v => v.Verdict != 0).Select(v => v.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("same-size")]
    [InlineData("two-sizes")]
    [InlineData("cosigned")]
    public async Task Evidence_exits_0_and_says_who_did_it_in_both_languages(string name)
    {
        var english = await CommandLine.RunAsync("verify", Fork(name), "--roster", _governance);
        var chinese = await CommandLine.RunAsync("verify", Fork(name), "--roster", _governance, "--lang", "zh");

        Assert.Equal((0, ""), (english.Exit, english.Error));
        Assert.StartsWith($"FORK PROVEN: The owner of {SampleLeague.OriginOf(0)} signed two histories", english.Output, StringComparison.Ordinal);
        Assert.Equal(0, chinese.Exit);
        Assert.StartsWith("分叉属实", chinese.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task Spoiled_evidence_exits_1_with_its_number(string name)
    {
        var vector = Vector.Read("forks", name);

        var outcome = await CommandLine.RunAsync("verify", Fork(name), "--roster", _governance, "--json");

        Assert.Equal(1, outcome.Exit);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal((vector.Verdict, vector.VerdictName), (json.RootElement.GetProperty("verdict").GetInt32(), json.RootElement.GetProperty("verdictName").GetString()));
    }

    [Fact]
    public async Task Genesis_of_the_court_will_do_as_a_roster()
    {
        var genesis = _folder.Write("genesis.cose", new SampleCourts(5).Geneses[0].Bytes.ToArray());

        var outcome = await CommandLine.RunAsync("verify", Fork("same-size"), "--roster", genesis, "--json");

        Assert.Equal(0, outcome.Exit);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal([7, 7], json.RootElement.GetProperty("heads").EnumerateArray().Select(h => h.GetProperty("size").GetInt64()));
        Assert.Equal(SampleLeague.OriginOf(0), json.RootElement.GetProperty("origin").GetString());
    }

    [Fact]
    public async Task Evidence_about_a_court_that_nobody_named_exits_1()
    {
        var genesis = _folder.Write("genesis.cose", new SampleCourts(5).Geneses[1].Bytes.ToArray());

        var outcome = await CommandLine.RunAsync("verify", Fork("same-size"), "--roster", genesis);

        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("REFUSED 20 NotSigned", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_roster_there_is_no_key_to_check_with()
    {
        var outcome = await CommandLine.RunAsync("verify", Fork("same-size"));

        Assert.Equal(2, outcome.Exit);
        Assert.Contains("--roster", outcome.Error, StringComparison.Ordinal);
    }

    private static string Fork(string name) => CommandLine.Vector("forks", name + ".cbor");
}
