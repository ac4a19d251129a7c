using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Cinnabar.Evidence.Merkle;

/// <summary>The right edge of a Merkle tree: the roots of its largest complete subtrees, one for each set bit of its size.</summary>
/// <remarks>
/// All a writer must know to append and to name the root; 8 + 32 · (set bits of the size) bytes however long the log is.
/// Immutable: appending gives a new value. Safe for concurrent callers.
/// </remarks>
public sealed class Frontier
{
    private const int HeaderLength = sizeof(ulong);

    private readonly Digest[] _peaks;

    private Frontier(long size, Digest[] peaks)
    {
        Size = size;
        _peaks = peaks;
        Root = ComputeRoot(peaks);
    }

    /// <summary>The frontier of the empty tree.</summary>
    public static Frontier Empty { get; } = new(0, []);

    /// <summary>Number of leaves, 0 to 2^62.</summary>
    public long Size { get; }

    /// <summary>The root hash of the tree of <see cref="Size"/> leaves.</summary>
    public Digest Root { get; }

    /// <summary>The subtree roots from the largest (leftmost) to the smallest.</summary>
    public ReadOnlySpan<Digest> Peaks => _peaks;

    /// <summary>Collects the frontier of the tree of <paramref name="size"/> leaves from stored subtree hashes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative or over 2^62.</exception>
    public static Frontier FromSubtrees(long size, SubtreeReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MerkleTree.SizeMax);
        var peaks = new Digest[BitOperations.PopCount((ulong)size)];
        var rest = size;
        for (var i = peaks.Length - 1; i >= 0; i--)
        {
            var level = BitOperations.TrailingZeroCount(rest);
            rest &= rest - 1;
            peaks[i] = read(level, rest >> level);
        }
        return new Frontier(size, peaks);
    }

    /// <summary>The frontier after these leaf hashes were added on the right.</summary>
    /// <exception cref="ArgumentException">The tree would grow over 2^62 leaves.</exception>
    public Frontier Append(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length > MerkleTree.SizeMax - Size)
        {
            throw new ArgumentException("The tree would grow over 2^62 leaves.", nameof(leaves));
        }
        // At most 63 peaks for 2^62 leaves, and one leaf pushed before it is merged.
        Span<Digest> stack = stackalloc Digest[64];
        _peaks.CopyTo(stack);
        var height = _peaks.Length;
        var size = Size;
        foreach (var leaf in leaves)
        {
            stack[height++] = leaf;
            for (var bits = size; (bits & 1) == 1; bits >>= 1)
            {
                height--;
                stack[height - 1] = TreeHash.OfNode(stack[height - 1], stack[height]);
            }
            size++;
        }
        return new Frontier(size, stack[..height].ToArray());
    }

    /// <summary>Size as 8 bytes big-endian, then the peaks from the largest to the smallest.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[HeaderLength + (_peaks.Length * Digest.LengthBytes)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)Size);
        for (var i = 0; i < _peaks.Length; i++)
        {
            _peaks[i].CopyTo(bytes.AsSpan(HeaderLength + (i * Digest.LengthBytes)));
        }
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote. False on a size over 2^62 or a length that does not fit the size.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Frontier? frontier)
    {
        frontier = null;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }
        var size = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var peaks = bytes[HeaderLength..];
        if (size > (ulong)MerkleTree.SizeMax || peaks.Length != BitOperations.PopCount(size) * Digest.LengthBytes)
        {
            return false;
        }
        var decoded = new Digest[BitOperations.PopCount(size)];
        for (var i = 0; i < decoded.Length; i++)
        {
            decoded[i] = new Digest(peaks.Slice(i * Digest.LengthBytes, Digest.LengthBytes));
        }
        frontier = new Frontier((long)size, decoded);
        return true;
    }

    private static Digest ComputeRoot(Digest[] peaks)
    {
        if (peaks.Length == 0)
        {
            return TreeHash.OfEmptyTree;
        }
        var root = peaks[^1];
        for (var i = peaks.Length - 2; i >= 0; i--)
        {
            root = TreeHash.OfNode(peaks[i], root);
        }
        return root;
    }
}
