using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Station.Seals;

/// <summary>One fact as people read it; docs/formats/api.md.</summary>
/// <param name="At">Clock of the issuer.</param>
internal sealed record TimelineItem(
    string Hash, long? Index, ProofState State, string Kind, string Issuer, DateTimeOffset At, DateTimeOffset ReceivedAt, long? Sequence, BilingualText Text)
{
    public static TimelineItem Of(FactSeen seen) => new(
        seen.Statement.Hash.ToString(), seen.Index, seen.Index is null ? ProofState.Received : ProofState.Sequenced, seen.Statement.Kind, seen.Statement.Issuer,
        DateTimeOffset.FromUnixTimeMilliseconds(seen.Statement.TimeMs), seen.ReceivedAt, seen.Statement.Chain?.Sequence,
        KindCatalog.TextOf(seen.Statement.Kind));
}
