namespace Cinnabar.Ledger.Tests;

/// <summary>I7 of docs/design/ledger.md, "Rounds", over every order of events, by SPIN; test/models/README.md.</summary>
public sealed class RoundsModelTests
{
    private const string NeverFinal = "acceptance cycle";
    private const string OwnerForgot = "assertion violated (size[i]<=newest)";

    public static TheoryData<string> Courts => ["-DN=4 -DQ=3", "-DN=5 -DQ=4", "-DN=6 -DQ=4 -DCOUNTED", "-DN=7 -DQ=5 -DCOUNTED"];

    public static TheoryData<string> RulesLeftOut =>
    [
        "NEWEST", "RESUME_ANY", "RAISE_ON_ONE", "RESUME_ANY -DRAISE_ON_ONE", "RESUME_ANY -DRAISE_ON_MANY", "BLIND", "ASK_ONCE",
        "WAIT_FOR_ALL", "FORGETFUL", "OLD_HEADER", "RELAYED", "TOO_OLD",
    ];

    [Theory, MemberData(nameof(Courts))]
    public void OwnerAndQuorumHonestAndConnected_EveryEntryBecomesFinal(string courts) => Assert.Null(Spin.Promises("liveness.pml", courts));

    [Theory, MemberData(nameof(Courts))]
    public void AnotherWayToKeepTheRules_EveryEntryBecomesFinal(string courts)
    {
        Assert.Null(Spin.Promises("liveness.pml", $"{courts} -DEQUAL_AT_ONCE"));
        Assert.Null(Spin.Promises("liveness.pml", $"{courts} -DRESUME_PUSHED"));
        Assert.Null(Spin.Promises("liveness.pml", $"{courts} -DRELAYED -DONLY_TARGETS"));
    }

    // Courts have names here: where they are only counted, the network may starve one, which would be no fault of the rule left out.
    [Theory, MemberData(nameof(RulesLeftOut))]
    public void RuleLeftOut_AnEntryIsNeverFinal(string rule)
    {
        foreach (var courts in (string[])["-DN=4 -DQ=3", "-DN=5 -DQ=4", "-DN=6 -DQ=4", "-DN=7 -DQ=5"])
        {
            Assert.StartsWith(NeverFinal, Spin.Promises("liveness.pml", $"{courts} -DIN_TIME -D{rule}"), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Courts))]
    public void PushedBeforeDurable_AMirrorHoldsWhatTheOwnerForgot(string courts) =>
        Assert.StartsWith(OwnerForgot, Spin.Promises("liveness.pml", $"{courts} -DPUSH_FIRST"), StringComparison.Ordinal);
}
