using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>A timeline item with the seal it is about.</summary>
internal sealed record FactEvent : TimelineItem
{
    private FactEvent(TimelineItem item, string sealNumber)
        : base(item) => SealNumber = sealNumber;

    public string SealNumber { get; }

    public static new FactEvent Of(FactSeen seen, ProofStates proofs) => new(TimelineItem.Of(seen, proofs), seen.Statement.Subject);
}
