using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>How far this court's log has come; also told when a court or an engine looks different, so that pages read again.</summary>
/// <param name="Final">Entries that are final.</param>
/// <param name="Anchored">Entries that are anchored.</param>
/// <param name="StandsAlone">Whether nobody but this court vouches for what is final.</param>
internal sealed record ChainEvent(long Final, long Anchored, bool StandsAlone)
{
    public static ChainEvent Of(ProofStates proofs) => new(proofs.FinalSize, proofs.AnchoredSize, proofs.StandsAlone);
}
