using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Console;

/// <summary>Pairs what a seal signed about a picture with the picture's arrival and the incident it belongs to.</summary>
/// <remarks>
/// The three come in any order: the thumbnail of a cut is often here before its incident is. A browser is told only when
/// it can show the picture. Safe for concurrent use; each seal keeps at most <see cref="PerSealMax"/> unpaired pictures.
/// </remarks>
internal sealed class PendingStills
{
    private const int PerSealMax = 64;

    private readonly Lock _pairing = new();
    private readonly Dictionary<string, SealStills> _seals = [];

    /// <summary>Takes a fact in.</summary>
    /// <param name="hasIncident">An incident of the statement's seal is open.</param>
    /// <returns>Pictures that can be shown now, in the order they were stated.</returns>
    public IReadOnlyList<StillSeen> Take(Statement statement, bool hasIncident)
    {
        lock (_pairing)
        {
            if (!_seals.TryGetValue(statement.Subject, out var seal))
            {
                _seals[statement.Subject] = seal = new SealStills([], []);
            }

            if (statement is { Kind: "media.still", Data: { } picture })
            {
                seal.Stated.Add(new StillSeen(
                    picture.Digest, statement.Body.IntegerOrNull("offset_ms") ?? 0,
                    statement.Body.TryGet("thumbnail", out var small) && small.Kind == CborKind.Boolean && small.AsBoolean()));
            }
            else if (statement.Kind == "media.received" && statement.Body.TryGet("hash", out var hash))
            {
                seal.Received.Add(hash.AsDigest());
            }

            return hasIncident ? Pair(seal) : Bound(seal);
        }
    }

    private static List<StillSeen> Pair(SealStills seal)
    {
        var shown = seal.Stated.FindAll(still => seal.Received.Contains(still.Hash));
        shown.ForEach(still =>
        {
            seal.Stated.Remove(still);
            seal.Received.Remove(still.Hash);
        });
        Bound(seal);
        return shown;
    }

    private static List<StillSeen> Bound(SealStills seal)
    {
        seal.Stated.RemoveRange(0, Math.Max(0, seal.Stated.Count - PerSealMax));
        seal.Received.RemoveRange(0, Math.Max(0, seal.Received.Count - PerSealMax));
        return [];
    }

    private sealed record SealStills(List<StillSeen> Stated, List<Digest> Received);
}

/// <summary>A picture that a seal signed for.</summary>
/// <param name="Hash">SHA-256 of the picture.</param>
/// <param name="OffsetMs">When it was taken, against the trigger.</param>
/// <param name="Thumbnail">The small one that is sent first.</param>
internal sealed record StillSeen(Digest Hash, long OffsetMs, bool Thumbnail);
