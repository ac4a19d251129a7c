using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>Two heads of one log, both signed by its owner, that cannot be heads of one history.</summary>
/// <remarks>
/// Only the owner can make such a pair, so it needs nobody's word: whoever holds the log's key checks it. Immutable, safe for
/// concurrent use. Source: docs/formats/fork.md.
/// </remarks>
public sealed class ForkEvidence
{
    /// <summary>The longest file: 256 KiB.</summary>
    public const int LengthMax = 256 * 1024;

    private const long Version = 1;

    private ForkEvidence(ReadOnlyMemory<byte> bytes, Checkpoint first, Checkpoint second)
    {
        Bytes = bytes;
        Hash = Digest.Of(bytes.Span);
        First = first;
        Second = second;
    }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public Digest Hash { get; }

    /// <summary>The head of the smaller size, or either of two of one size.</summary>
    public Checkpoint First { get; }

    /// <summary>The other one.</summary>
    public Checkpoint Second { get; }

    /// <summary>Evidence from two heads of one size: the same file whoever makes it, and in whatever order the heads came.</summary>
    /// <param name="first">A signed note.</param>
    /// <param name="second">Another one of the same size and with another root.</param>
    /// <returns>The file, to be checked by <see cref="Verify"/> as any other.</returns>
    public static byte[] Of(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var (one, two) = (Bare(first), Bare(second));
        var isInOrder = one.AsSpan().SequenceCompareTo(two) <= 0;
        return CborValue.Array(CborValue.Integer(Version), CborValue.Bytes(isInOrder ? one : two), CborValue.Bytes(isInOrder ? two : one)).Encode();
    }

    /// <summary>Evidence from heads of two sizes.</summary>
    /// <param name="smaller">A signed note.</param>
    /// <param name="larger">A signed note of a larger size.</param>
    /// <param name="root">The root that the larger head's tree has at the smaller size: not the one that <paramref name="smaller"/> says.</param>
    /// <param name="proof">Leads from that root to the larger head.</param>
    public static byte[] Of(ReadOnlyMemory<byte> smaller, ReadOnlyMemory<byte> larger, Digest root, ConsistencyProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return CborValue.Array(
            CborValue.Integer(Version), CborValue.Bytes(Bare(smaller)), CborValue.Bytes(Bare(larger)), CborValue.Bytes(root),
            CborValue.Array([.. proof.Path.Select(CborValue.Bytes)])).Encode();
    }

    /// <summary>Runs the steps of docs/formats/fork.md, section 2.</summary>
    /// <param name="bytes">The file, untrusted.</param>
    /// <param name="origin">The log it must speak of.</param>
    /// <param name="key">The owner's key.</param>
    /// <param name="evidence">Only when the verdict is <see cref="ForkVerdict.Valid"/>.</param>
    public static ForkVerdict Verify(ReadOnlySpan<byte> bytes, string origin, NoteKey key, out ForkEvidence? evidence)
    {
        evidence = null;

        // 1. Length, subset, version, shape.
        if (bytes.Length > LengthMax || !TryReadShape(bytes, out var items))
        {
            return ForkVerdict.Malformed;
        }

        // 2. The owner signed both heads.
        if (CheckpointVerifier.Verify(items[1].AsBytes().Span, origin, [key], out var first) != CheckpointVerdict.Valid
            || CheckpointVerifier.Verify(items[2].AsBytes().Span, origin, [key], out var second) != CheckpointVerdict.Valid)
        {
            return ForkVerdict.NotSigned;
        }

        // 3. They do not fit.
        if (!DoNotFit(first!, second!, items))
        {
            return ForkVerdict.NoFork;
        }

        evidence = new ForkEvidence(bytes.ToArray(), first!, second!);
        return ForkVerdict.Valid;
    }

    /// <summary>The note without what others wrote under it: they are no part of the crime.</summary>
    private static byte[] Bare(ReadOnlyMemory<byte> note) =>
        SignedNote.TryParse(note.Span, out var parsed) && Checkpoint.TryParse(parsed.Text, out var said) && parsed.Signatures.Any(s => s.Name == said.Origin)
            ? SignedNote.Encode(parsed.Text, parsed.Signatures.Where(s => s.Name == said.Origin))
            : note.ToArray();

    private static bool DoNotFit(Checkpoint first, Checkpoint second, IReadOnlyList<CborValue> items)
    {
        if (items.Count == 3)
        {
            return first.Size == second.Size && first.Root != second.Root;
        }

        // The tree under the second head had this root at the first one's size; the owner signed another one there.
        var root = items[3].AsDigest();
        return first.Size > 0 && first.Size < second.Size && root != first.Root
            && new ConsistencyProof(first.Size, second.Size, [.. items[4].AsArray().Select(h => h.AsDigest())]).Verify(root, second.Root);
    }

    private static bool TryReadShape(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IReadOnlyList<CborValue>? items)
    {
        items = null;
        try
        {
            items = CborValue.Decode(bytes).AsArray();
            return items.Count is 3 or 5
                && items[0] is { Kind: CborKind.Integer } version && version.AsInteger() == Version
                && items[1].Kind == CborKind.Bytes && items[2].Kind == CborKind.Bytes
                && (items.Count == 3 || (items[3].AsDigest() is var _ && items[4].AsArray().All(h => h.AsDigest() is var _)));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
