using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Ledger.Courts;

/// <summary>What courts tell each other every second: the heads of every log that they know, and all evidence that they have.</summary>
/// <param name="Notes">Signed notes with all cosignatures known: of each log the newest one held, and the newest final one.</param>
/// <param name="Evidence">Evidence of forks.</param>
/// <remarks>Source: docs/formats/court-link.md, section 4.</remarks>
public sealed record KnownHeads(IReadOnlyList<ReadOnlyMemory<byte>> Notes, IReadOnlyList<ReadOnlyMemory<byte>> Evidence)
{
    /// <summary>Most notes: four for each of a hundred courts.</summary>
    public const int NotesMax = 400;

    /// <summary>Most evidence files: one for each of a hundred courts.</summary>
    public const int EvidenceMax = 100;

    /// <summary>The longest message: 8 MiB.</summary>
    public const int LengthMax = 8 * 1024 * 1024;

    /// <summary>[[note…], [evidence…]].</summary>
    public byte[] Encode() => CborValue.Array(Of(Notes), Of(Evidence)).Encode();

    /// <summary>Reads a message. False on anything that <see cref="Encode"/> does not write, or too much.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KnownHeads? heads)
    {
        heads = null;
        try
        {
            if (bytes.Length > LengthMax || CborValue.Decode(bytes).AsArray() is not [var notes, var evidence]
                || notes.AsArray().Count > NotesMax || evidence.AsArray().Count > EvidenceMax)
            {
                return false;
            }

            heads = new KnownHeads([.. notes.AsArray().Select(n => n.AsBytes())], [.. evidence.AsArray().Select(e => e.AsBytes())]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static CborValue Of(IReadOnlyList<ReadOnlyMemory<byte>> items) => CborValue.Array([.. items.Select(i => CborValue.Bytes(i.ToArray()))]);
}
