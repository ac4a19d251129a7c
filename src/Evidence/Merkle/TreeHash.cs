using System.Buffers;

namespace Cinnabar.Evidence.Merkle;

/// <summary>The three ways to hash in a Merkle tree, RFC 9162 section 2.1.1.</summary>
/// <remarks>
/// Leaves and nodes are hashed under different first bytes, so that no inner node can be passed off as an entry.
/// Stateless, safe for concurrent callers.
/// </remarks>
public static class TreeHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackLimitBytes = 2048;

    /// <summary>The root of the empty tree, SHA-256 of the empty string: e3b0c442….</summary>
    public static Digest OfEmptyTree { get; } = Digest.Of([]);

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static Digest OfLeaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        byte[]? rented = null;
        var buffer = length <= StackLimitBytes ? stackalloc byte[StackLimitBytes] : (rented = ArrayPool<byte>.Shared.Rent(length));
        buffer[0] = LeafPrefix;
        entry.CopyTo(buffer[1..]);
        var hash = Digest.Of(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return hash;
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Digest OfNode(Digest left, Digest right)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * Digest.LengthBytes)];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Digest.LengthBytes)..]);
        return Digest.Of(buffer);
    }
}
