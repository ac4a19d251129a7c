using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Courts;

/// <summary>The owner's side of one mirror: what to send it next. Has no clock, socket or thread; one caller at a time.</summary>
/// <remarks>
/// A mirror that is far behind is led through earlier signed heads of the log, so that every push ends at a head that the owner signed.
/// Source: docs/formats/court-link.md, section 3.
/// </remarks>
/// <param name="store">The owner's log.</param>
public sealed class MirrorFeed(ILogStore store)
{
    private long? _held;

    /// <summary>What the mirror is known to hold; null before its first answer.</summary>
    public long? Held => _held;

    /// <summary>The push that leads the mirror to the target, or a step of the way. With nothing to send it asks for the cosignature again.</summary>
    /// <param name="target">A signed head of the log.</param>
    /// <exception cref="LogStoreException">The log cannot be read, or keeps no signed head within the length of a push.</exception>
    public MirrorPush Next(LogHead target)
    {
        ArgumentNullException.ThrowIfNull(target);

        // Of a mirror not heard yet, or one that holds more, the same empty push asks for the size.
        if (_held is not { } held || held >= target.Size)
        {
            return new MirrorPush(target.Size, target.Checkpoint, []);
        }

        var entries = Within(store.ReadEntries(held, (int)Math.Min(MirrorPush.EntriesMax, target.Size - held)));
        if (held + entries.Count == target.Size)
        {
            return new MirrorPush(held, target.Checkpoint, entries);
        }

        var note = store.ReadCheckpointUpTo(held + entries.Count);
        if (note is null || !SignedNote.TryParse(note, out var parsed) || !Checkpoint.TryParse(parsed.Text, out var step) || step.Size <= held)
        {
            throw new LogStoreException(LogStoreFailure.Corrupt, $"The log keeps no signed head between {held + 1} and {held + entries.Count}.");
        }

        return new MirrorPush(held, note, [.. entries.Take((int)(step.Size - held))]);
    }

    /// <summary>Takes the mirror's word for what it holds.</summary>
    public void Answered(MirrorAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _held = answer.HeldSize;
    }

    private static List<ReadOnlyMemory<byte>> Within(IReadOnlyList<byte[]> entries)
    {
        List<ReadOnlyMemory<byte>> taken = [];
        var bytes = 0L;
        foreach (var entry in entries)
        {
            bytes += entry.Length;
            if (bytes > MirrorPush.EntryBytesMax)
            {
                break;
            }

            taken.Add(entry);
        }

        return taken;
    }
}
