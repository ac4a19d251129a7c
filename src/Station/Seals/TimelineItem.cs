using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Station.Seals;

/// <summary>One fact as people read it; docs/formats/api.md.</summary>
/// <param name="At">Clock of the issuer.</param>
internal record TimelineItem(
    string Hash, long? Index, ProofState State, string Kind, string Issuer, DateTimeOffset At, DateTimeOffset ReceivedAt, long? Sequence, BilingualText Text)
{
    /// <summary>
    /// Recorded by the second or for each warning: proof that the system works, noise to somebody who asks what happened.
    /// </summary>
    public static IReadOnlyList<string> RoutineKinds { get; } =
    [
        "media.manifest", "media.received", "media.viewed", "warning.attempt", "warning.result", "command.answered", "settings", "settings.applied",
        "heartbeat.back", "access.refused",
    ];

    /// <summary>Shown only when asked for.</summary>
    public bool Routine => RoutineKinds.Contains(Kind);

    public static TimelineItem Of(FactSeen seen, ProofStates proofs) => new(
        seen.Statement.Hash.ToString(), seen.Index, proofs.Of(seen.Index), seen.Statement.Kind, seen.Statement.Issuer,
        DateTimeOffset.FromUnixTimeMilliseconds(seen.Statement.TimeMs), seen.ReceivedAt, seen.Statement.Chain?.Sequence,
        KindCatalog.TextOf(seen.Statement.Kind));
}
