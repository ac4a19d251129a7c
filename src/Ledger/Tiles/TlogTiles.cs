using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Ledger.Tiles;

/// <summary>How a log is cut into tiles of 256 hashes. Pure arithmetic.</summary>
/// <remarks>
/// The hash at place j of tile (L, N) is that of the complete subtree of 256^L leaves with number 256·N + j.
/// Source: C2SP tlog-tiles, section "Merkle tree".
/// </remarks>
public static class TlogTiles
{
    /// <summary>Hashes in a full tile, entries in a full bundle: 256.</summary>
    public const int WidthMax = 256;

    /// <summary>Height of a tile: 8 levels of the tree.</summary>
    public const int Height = 8;

    /// <summary>Length of a full tile: 8,192 bytes.</summary>
    public const int TileLengthMax = WidthMax * Digest.LengthBytes;

    /// <summary>Length of the longest bundle of entries: 256 entries of 65,535 bytes with their lengths.</summary>
    public const int BundleLengthMax = WidthMax * (sizeof(ushort) + CourtLogOptions.EntryLengthMax);

    /// <summary>Number of hashes at a level of the tiles for a tree of this size.</summary>
    public static long HashCount(long treeSize, int level) => level * Height >= 63 ? 0 : treeSize >> (level * Height);

    /// <summary>Number of hashes in one tile for a tree of this size: 256, fewer in the last tile of a level, 0 beyond.</summary>
    public static int Width(long treeSize, int level, long index) =>
        index < 0 ? 0 : (int)Math.Clamp(HashCount(treeSize, level) - (Math.Min(index, long.MaxValue >> Height) * WidthMax), 0, WidthMax);

    /// <summary>Levels that hold at least one hash for a tree of this size.</summary>
    public static int LevelCount(long treeSize)
    {
        var levels = 0;
        while (HashCount(treeSize, levels) > 0)
        {
            levels++;
        }
        return levels;
    }

    /// <summary>The tile that holds a complete subtree, and which of its hashes lie below that subtree.</summary>
    public static (int Level, long Index, int First, int Count) Locate(int subtreeLevel, long subtreeIndex)
    {
        var inTile = subtreeLevel % Height;
        var first = subtreeIndex << inTile;
        return (subtreeLevel / Height, first / WidthMax, (int)(first % WidthMax), 1 << inTile);
    }

    /// <summary>Reads subtree hashes out of tiles, whatever they come from.</summary>
    /// <param name="readTile">Gives the hashes of the tile (level, index); at least as many as the tree it stands for demands.</param>
    public static SubtreeReader Subtrees(Func<int, long, ReadOnlyMemory<Digest>> readTile) => (level, index) =>
    {
        var place = Locate(level, index);
        return MerkleTree.Root(readTile(place.Level, place.Index).Span.Slice(place.First, place.Count));
    };

    /// <summary>The hashes of a tile's bytes.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple of 32.</exception>
    public static Digest[] Decode(ReadOnlySpan<byte> tile)
    {
        if (tile.Length % Digest.LengthBytes != 0)
        {
            throw new ArgumentException("A tile is a row of 32-byte hashes.", nameof(tile));
        }
        var hashes = new Digest[tile.Length / Digest.LengthBytes];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new Digest(tile.Slice(i * Digest.LengthBytes, Digest.LengthBytes));
        }
        return hashes;
    }

    /// <summary>The bytes of a tile.</summary>
    public static byte[] Encode(ReadOnlySpan<Digest> hashes)
    {
        var tile = new byte[hashes.Length * Digest.LengthBytes];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(tile.AsSpan(i * Digest.LengthBytes));
        }
        return tile;
    }
}
