using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Tests.Seals;

public sealed class ProofStatesTests
{
    [Fact]
    public void Fact_IsAsFarAsTheHeadsOverIt()
    {
        var final = new FinalHeads();
        var proofs = new ProofStates(final, () => 3);
        Assert.Equal(ProofState.Received, proofs.Of(null));
        Assert.Equal(ProofState.Sequenced, proofs.Of(4));

        final.Publish(new FinalHead(5, default, default, null));
        Assert.Equal(ProofState.Anchored, proofs.Of(2));
        Assert.Equal(ProofState.Final, proofs.Of(3));
        Assert.Equal(ProofState.Final, proofs.Of(4));
        Assert.Equal(ProofState.Sequenced, proofs.Of(5));
        Assert.True(proofs.StandsAlone);
    }

    [Fact]
    public void WhatIsAnchored_IsFinal_AlsoBeforeThisStartHasHeardOfIt()
    {
        var proofs = new ProofStates(new FinalHeads(), () => 3);
        Assert.Equal(3, proofs.FinalSize);
        Assert.False(proofs.StandsAlone);
    }
}
