using System.Diagnostics;
using System.Globalization;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>One of four courts lies, as a real process with its real keys: docs/design/ledger.md, "Attacks".</summary>
public sealed class LyingCourtTests
{
    /// <summary>The measured time from the lie to the last honest court's finding is printed; the goal is five seconds.</summary>
    [Theory]
    [InlineData("two-faces")]
    [InlineData("two-sizes")]
    [InlineData("rollback")]
    public void OwnerOfTwoHistories_IsFoundByEveryHonestCourt_WithOneFileThatStrangersCheck(string lie)
    {
        using var league = new LyingLeague();
        league.EveryHonestCourt(c => league.LogAt(c, league.LiarCode).Final > 4, "the liar's log becomes final as long as it is honest");

        league.Liar.Tell(lie);

        league.EveryHonestCourt(c => league.LiarAt(c).State == "forked", "the liar is forked");
        var took = DateTimeOffset.UtcNow - LiedAt(league);
        TestContext.Current.TestOutputHelper!.WriteLine($"{lie}: found by every honest court after {took.TotalMilliseconds:0} ms");
        league.EveryHonestCourt(c => league.ForksAt(c).Intersect(league.ForksAt(0)).Any(h => Enumerable.Range(0, LyingLeague.Honest).All(o => league.ForksAt(o).Contains(h))), "the same evidence is kept");
        var hash = league.ForksAt(0).First(h => league.ForksAt(1).Contains(h) && league.ForksAt(2).Contains(h));
        AssertEvidence(league, hash);
        league.AssertHonestEntriesBecomeFinal();
    }

    [Fact]
    public void EntryThatAStrangerSigned_IsVouchedForByNobody()
    {
        using var league = new LyingLeague();
        league.EveryHonestCourt(c => league.LogAt(c, league.LiarCode).Final > 4, "the liar's log becomes final as long as it is honest");

        league.Liar.Tell("invalid-entry");

        league.EveryHonestCourt(c => league.LiarAt(c) is ("refused", var reason) && reason.Contains("key-unknown", StringComparison.Ordinal), "the entry's rule is named");
        league.AssertHonestEntriesBecomeFinal();

        // Not compared with each other: a court that was slower than the last q may never be offered what was final before the lie.
        league.EveryHonestCourt(c => league.LogAt(c, league.LiarCode) is var log && log.Held < log.Size && log.Final < log.Size, "more is signed than is held or final");
    }

    [Fact]
    public void HeadWhoseEntriesAreWithheld_IsSeenAndNeverFinal()
    {
        using var league = new LyingLeague();
        league.EveryHonestCourt(c => league.LogAt(c, league.LiarCode).Final > 4, "the liar's log becomes final as long as it is honest");

        league.Liar.Tell("withhold");

        league.EveryHonestCourt(c => league.LogAt(c, league.LiarCode) is var log && log.Size > log.Held, "more is signed than is held");
        league.AssertHonestEntriesBecomeFinal();
        Assert.All(Enumerable.Range(0, LyingLeague.Honest), c =>
        {
            Assert.NotEqual("forked", league.LiarAt(c).State);
            Assert.True(league.LogAt(c, league.LiarCode) is var log && log.Final < log.Size);
        });
    }

    /// <summary>Lies of a mirror, one after the other: none keeps honest courts' entries from becoming final.</summary>
    [Fact]
    public void MirrorThatLies_HoldsUpNobody_AndIsShownWithItsLie()
    {
        using var league = new LyingLeague();
        league.EveryHonestCourt(c => league.LiarAt(c).State == "good", "the liar is good as long as it is honest");

        foreach (var (lie, reason) in new[]
        {
            ("false-cosignatures", "does not verify"), ("old-cosignatures", "does not verify"), ("false-size", "It says that it holds"), ("stolen-voices", ""), ("false-evidence", ""),
            ("long-notes", ""), ("garbage", "which no mirror does"), ("slow", ""),
        })
        {
            league.Liar.Tell(lie);
            league.AssertHonestEntriesBecomeFinal();
            if (reason.Length > 0)
            {
                league.EveryHonestCourt(c => league.LiarAt(c) is ("refused", var said) && said.Contains(reason, StringComparison.Ordinal), $"{lie} is shown");
            }
        }

        Assert.All(Enumerable.Range(0, LyingLeague.Honest), c => Assert.Empty(league.ForksAt(c)));
    }

    private static DateTimeOffset LiedAt(LyingLeague league) => DateTimeOffset.Parse(
        league.Liar.Lines.Last(l => l.StartsWith("lied ", StringComparison.Ordinal)).Split(" at ")[1], CultureInfo.InvariantCulture);

    /// <summary>The verifier that anybody can run, over the file as a court keeps it.</summary>
    private static void AssertEvidence(LyingLeague league, string hash)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        using var verify = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(own.Parent!.Parent!.FullName, "Cli", own.Name, "cinnabar.dll"), "verify", league.EvidenceOf(1, hash), "--roster", league.Governance])
        {
            RedirectStandardOutput = true,
        })!;
        var said = verify.StandardOutput.ReadToEnd();
        verify.WaitForExit();
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("signed two histories", said, StringComparison.Ordinal);
    }
}
