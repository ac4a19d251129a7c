using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;

namespace Cinnabar.Ledger.Courts;

/// <summary>What an owner sends to a mirror: a signed head, and every entry from the mirror's size up to it.</summary>
/// <param name="OldSize">What the owner believes the mirror holds; the first entry has this index.</param>
/// <param name="Checkpoint">The signed note of the head.</param>
/// <param name="Entries">In order, without gaps; none to ask for a cosignature again, or for the mirror's size.</param>
/// <remarks>
/// Entries stand in for a consistency proof: the mirror holds the older tree and computes the root itself, which is stronger
/// than any proof of it. Source: docs/formats/court-link.md; after C2SP tlog-witness and tlog-mirror.
/// </remarks>
public sealed record MirrorPush(long OldSize, ReadOnlyMemory<byte> Checkpoint, IReadOnlyList<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>Most entries of one push.</summary>
    public const int EntriesMax = 4_096;

    /// <summary>Most bytes of its entries: 4 MiB.</summary>
    public const int EntryBytesMax = 4 * 1024 * 1024;

    /// <summary>The longest message: its entries, five bytes before each, a note, and the rest.</summary>
    public const int LengthMax = EntryBytesMax + (EntriesMax * 5) + SignedNote.LengthMax + 64;

    /// <summary>[old size, note, [entry…]].</summary>
    public byte[] Encode() => CborValue.Array(
        CborValue.Integer(OldSize), CborValue.Bytes(Checkpoint.ToArray()), CborValue.Array([.. Entries.Select(e => CborValue.Bytes(e.ToArray()))])).Encode();

    /// <summary>Reads a message. False on anything that <see cref="Encode"/> does not write, too much, or an empty or too long entry.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MirrorPush? push)
    {
        push = null;
        try
        {
            if (bytes.Length > LengthMax || CborValue.Decode(bytes).AsArray() is not [var old, var note, var entries])
            {
                return false;
            }

            var read = new MirrorPush(old.AsInteger(), note.AsBytes(), [.. entries.AsArray().Select(e => e.AsBytes())]);
            push = read.IsWithinLimits ? read : null;
            return push is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True when numbers and lengths are those that a mirror takes.</summary>
    internal bool IsWithinLimits =>
        OldSize >= 0 && Entries.Count <= EntriesMax && Entries.Sum(e => (long)e.Length) <= EntryBytesMax
        && Entries.All(e => e.Length is > 0 and <= CourtLogOptions.EntryLengthMax);
}
