using System.Text;
using System.Text.Json;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

/// <summary>A compact proof on the command line: the sample court's second statement, for which four of five courts vouch.</summary>
public sealed class VerifyProofTests : IDisposable
{
    private static readonly SampleCourt s_court = Enrolled();
    private static readonly byte[] s_proof = Proof(0, 1, 2, 4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Genuine_proof_exits_0_and_lists_the_courts()
    {
        var outcome = await VerifyAsync(s_proof);

        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith("VALID: The statement is in the log", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Final: 4 of 5 courts vouch for 3 entries", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Sample court 3 (示0103, log.c3.example/1): your roster confirms it", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProofVerdict.NotAProof, "index 1", "index 01")]
    [InlineData(ProofVerdict.SignatureInvalid, "\n3\n", "\n4\n")]
    [InlineData(ProofVerdict.NotIncluded, "index 1", "index 0")]
    public async Task Altered_proof_exits_1_with_its_number(ProofVerdict verdict, string right, string wrong)
    {
        var altered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(s_proof).Replace(right, wrong, StringComparison.Ordinal));
        Refused(verdict, await VerifyAsync(altered));
    }

    [Fact]
    public async Task Three_courts_of_five_are_too_few() => Refused(ProofVerdict.NotFinal, await VerifyAsync(Proof(0, 1, 2)));

    [Fact]
    public async Task Proof_of_another_statement_is_refused() =>
        Refused(ProofVerdict.NotIncluded, await VerifyAsync(s_proof, statement: s_court.Statements[2].Bytes.ToArray()));

    [Fact]
    public async Task Json_report_says_the_same_for_programs()
    {
        var outcome = await VerifyAsync(s_proof, more: "--json");
        using var json = JsonDocument.Parse(outcome.Output);

        Assert.True(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(4, json.RootElement.GetProperty("finality").GetProperty("knownVoices").GetInt32());
    }

    [Fact]
    public async Task Governance_log_that_is_none_exits_2()
    {
        var outcome = await VerifyAsync(s_proof, governance: [1, 2, 3]);
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("is no governance log (10 Malformed)", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_without_statement_and_governance_log_exits_2()
    {
        var outcome = await CommandLine.RunAsync("verify", _folder.Write("a.tlog-proof", s_proof));
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("--statement", outcome.Error, StringComparison.Ordinal);
    }

    private static SampleCourt Enrolled()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("strip.cut");
        return court;
    }

    private static byte[] Proof(params int[] cosigners)
    {
        var note = WatchedCourt.Cosign(s_court.Log.Checkpoint(), 1, cosigners);
        FinalityVerifier.Verify(WatchedCourt.Governance(), note, SampleCourt.Origin, out var vouched);
        return TlogProof.Of(vouched!, s_court.Log.Prove(1)).Encode();
    }

    private static void Refused(ProofVerdict verdict, CommandLine.Outcome outcome)
    {
        Assert.Equal((1, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith($"REFUSED {(int)verdict} {verdict}: ", outcome.Output, StringComparison.Ordinal);
    }

    private Task<CommandLine.Outcome> VerifyAsync(byte[] proof, byte[]? statement = null, byte[]? governance = null, params string[] more) => CommandLine.RunAsync([
        "verify", _folder.Write("a.tlog-proof", proof),
        "--statement", _folder.Write("statement.cose", statement ?? s_court.Statements[1].Bytes.ToArray()),
        "--governance", _folder.Write("governance.cbor", governance ?? WatchedCourt.Governance().Encode()),
        "--roster", _folder.Write("roster.cbor", CourtRoster.Of(WatchedCourt.Geneses).Encode()), .. more]);
}
