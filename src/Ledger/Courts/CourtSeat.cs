using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Ledger.Courts;

/// <summary>One court's place among the courts of an epoch: who all of them are, and with what this one cosigns.</summary>
/// <param name="Governance">All epochs; the last one is in force.</param>
/// <param name="Courts">Counts cosignatures of that epoch.</param>
/// <param name="Self">This court in it.</param>
/// <param name="Cosigner">This court's keys of that epoch.</param>
/// <remarks>Immutable, safe for concurrent use; keys stay the caller's.</remarks>
public sealed record CourtSeat(GovernanceLog Governance, EpochVerifier Courts, CourtMember Self, Cosigner Cosigner)
{
    /// <summary>The epoch in force.</summary>
    public Epoch Epoch => Courts.Epoch;

    /// <summary>Every court of the epoch but this one.</summary>
    public IEnumerable<CourtMember> Others => Epoch.Courts.Where(c => c.Origin != Self.Origin);
}
