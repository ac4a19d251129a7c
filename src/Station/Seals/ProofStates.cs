using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Seals;

/// <summary>How far the proof of a fact of this court's log has come. The one place that says so; the console follows the same rule.</summary>
/// <param name="final">What is final.</param>
/// <param name="anchored">Size of the largest head on the anchor chain.</param>
internal sealed class ProofStates(FinalHeads final, Func<long> anchored)
{
    /// <summary>Entries under the newest head on the anchor chain.</summary>
    public long AnchoredSize => anchored();

    /// <summary>Entries under the newest final head: what was anchored was final before, also where this start has not heard of it yet.</summary>
    public long FinalSize => Math.Max(final.Newest?.Size ?? 0, AnchoredSize);

    /// <summary>Whether nobody but this court vouches for what is final.</summary>
    public bool StandsAlone => final.Newest is { Vouched: null };

    /// <summary>The state of the fact at an index of the log; null for one that is not there yet.</summary>
    public ProofState Of(long? index) =>
        index is not { } at ? ProofState.Received
        : at < AnchoredSize ? ProofState.Anchored
        : at < FinalSize ? ProofState.Final
        : ProofState.Sequenced;
}
