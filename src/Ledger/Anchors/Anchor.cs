using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Ledger.Anchors;

/// <summary>One final checkpoint as digests only: all that ever leaves for an anchor chain.</summary>
/// <param name="Log">SHA-256 of the log's origin, UTF-8 without a newline.</param>
/// <param name="Size">Number of entries under the checkpoint, 1 to 2^62. Grows strictly from anchor to anchor of one log.</param>
/// <param name="Checkpoint">SHA-256 of the checkpoint's note text (<see cref="Evidence.Checkpoints.Checkpoint.ToText"/>): origin, size, root.</param>
/// <remarks>Immutable. On the chain: log ‖ size (64 bits, big-endian) ‖ checkpoint. Format: docs/formats/anchor.md.</remarks>
public sealed record Anchor(Digest Log, long Size, Digest Checkpoint)
{
    /// <summary>Length of a record in bytes.</summary>
    public const int LengthBytes = Digest.LengthBytes + sizeof(ulong) + Digest.LengthBytes;

    /// <summary>The anchor of a checkpoint.</summary>
    public static Anchor Of(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new Anchor(LogOf(checkpoint.Origin), checkpoint.Size, Digest.Of(Encoding.UTF8.GetBytes(checkpoint.ToText())));
    }

    /// <summary>What stands on the chain for a log's name.</summary>
    public static Digest LogOf(string origin) => Digest.Of(Encoding.UTF8.GetBytes(origin));

    /// <summary>The 72 bytes.</summary>
    /// <exception cref="InvalidOperationException">The size is out of range: such an anchor could not be read again.</exception>
    public byte[] Encode()
    {
        if (Size is < 1 or > MerkleTree.SizeMax)
        {
            throw new InvalidOperationException($"An anchor's size is 1 to 2^62, not {Size}.");
        }

        var record = new byte[LengthBytes];
        Log.CopyTo(record);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(Digest.LengthBytes), Size);
        Checkpoint.CopyTo(record.AsSpan(Digest.LengthBytes + sizeof(ulong)));
        return record;
    }

    /// <summary>Reads 72 bytes.</summary>
    /// <returns>False for another length or a size out of range; every other record is an anchor.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> record, [NotNullWhen(true)] out Anchor? anchor)
    {
        anchor = null;
        if (record.Length != LengthBytes)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadInt64BigEndian(record[Digest.LengthBytes..]);
        if (size is < 1 or > MerkleTree.SizeMax)
        {
            return false;
        }

        anchor = new Anchor(new Digest(record[..Digest.LengthBytes]), size, new Digest(record[(Digest.LengthBytes + sizeof(ulong))..]));
        return true;
    }
}
