using Cinnabar.Evidence;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>A timeline item with the seal it is about.</summary>
internal sealed record FactEvent(
    string Hash, long? Index, ProofState State, string Kind, string Issuer, DateTimeOffset At, DateTimeOffset ReceivedAt, long? Sequence, BilingualText Text,
    string SealNumber)
{
    public static FactEvent Of(FactSeen seen)
    {
        var item = TimelineItem.Of(seen);
        return new FactEvent(
            item.Hash, item.Index, item.State, item.Kind, item.Issuer, item.At, item.ReceivedAt, item.Sequence, item.Text, seen.Statement.Subject);
    }
}
