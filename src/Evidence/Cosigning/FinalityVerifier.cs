using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>Finds the epoch of a governance log whose courts made a checkpoint final.</summary>
/// <remarks>Stateless, safe for concurrent callers. Source: docs/formats/pack.md, section 5.</remarks>
public static class FinalityVerifier
{
    /// <summary>Asks the epochs from the last to the first.</summary>
    /// <param name="log">The epochs.</param>
    /// <param name="note">A signed note, untrusted.</param>
    /// <param name="origin">The log it must speak of.</param>
    /// <param name="vouched">
    /// Who vouches, when the verdict is <see cref="CheckpointVerdict.Valid"/>: in the epoch that made it final, else in the one with the
    /// most voices, which <see cref="VouchedCheckpoint.IsFinal"/> tells apart. Null when no epoch can be asked.
    /// </param>
    public static CheckpointVerdict Verify(GovernanceLog log, ReadOnlySpan<byte> note, string origin, out VouchedCheckpoint? vouched)
    {
        ArgumentNullException.ThrowIfNull(log);
        vouched = null;
        if (!SignedNote.TryParse(note, out var parsed))
        {
            return CheckpointVerdict.NotANote;
        }

        if (!Checkpoint.TryParse(parsed.Text, out var checkpoint))
        {
            return CheckpointVerdict.NotACheckpoint;
        }

        for (var i = log.Epochs.Count - 1; i >= 0; i--)
        {
            var (epoch, next) = (log.Epochs[i], i + 1 < log.Epochs.Count ? log.Epochs[i + 1] : null);
            if (epoch.Find(origin) is null || !LiesIn(checkpoint, epoch, next))
            {
                continue;
            }

            using var courts = new EpochVerifier(epoch);
            var verdict = courts.Verify(note, origin, out var counted);
            if (verdict != CheckpointVerdict.Valid)
            {
                vouched = null;
                return verdict;
            }

            vouched = vouched is null || counted!.IsFinal || counted.Vouchers.Count > vouched.Vouchers.Count ? counted : vouched;
            if (vouched!.IsFinal)
            {
                break;
            }
        }

        return CheckpointVerdict.Valid;
    }

    /// <summary>True when the epoch took the log over at or before the checkpoint, and the next one at or behind it.</summary>
    /// <remarks>Keys of an epoch that is over may be lost; what they sign beyond the head that the next one took over counts for nothing.</remarks>
    private static bool LiesIn(Checkpoint checkpoint, Epoch epoch, Epoch? next) =>
        (epoch.TerminalOf(checkpoint.Origin) is not { } from || from.Size < checkpoint.Size || IsAt(from, checkpoint))
        && (next is null || (next.TerminalOf(checkpoint.Origin) is { } until && (checkpoint.Size < until.Size || IsAt(until, checkpoint))));

    private static bool IsAt(LogTerminal head, Checkpoint checkpoint) => head.Size == checkpoint.Size && head.Root == checkpoint.Root;
}
