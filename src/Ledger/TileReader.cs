using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger;

/// <summary>Reads subtree hashes of a stored tree; keeps recent full tiles decoded. Safe for concurrent callers.</summary>
/// <remarks>
/// A full tile never changes, so a slot may be overwritten by any thread at any time; the worst that a race costs is a second read.
/// </remarks>
internal sealed class TileReader(ILogStore store)
{
    private const int SlotCount = 1024;

    private readonly CachedTile?[] _slots = new CachedTile?[SlotCount];

    /// <summary>Reads for the tree of <paramref name="size"/> leaves, taking unfinished tiles from <paramref name="edge"/> where it is given.</summary>
    public SubtreeReader For(long size, Digest[][]? edge) => TlogTiles.Subtrees((level, index) =>
    {
        var width = TlogTiles.Width(size, level, index);
        if (edge is not null && width < TlogTiles.WidthMax && level < edge.Length)
        {
            return edge[level];
        }
        return width == TlogTiles.WidthMax ? Full(level, index) : Read(level, index, width);
    });

    /// <summary>The first hashes of a stored tile.</summary>
    /// <exception cref="LogStoreException"><see cref="LogStoreFailure.Corrupt"/> when it is missing or too short.</exception>
    public Digest[] Read(int level, long index, int width)
    {
        var tile = store.ReadTile(level, index);
        if (tile is null || tile.Length < width * Digest.LengthBytes || tile.Length > TlogTiles.TileLengthMax)
        {
            throw new LogStoreException(
                LogStoreFailure.Corrupt, $"{TilePath.Hashes(level, index)} has {tile?.Length ?? 0} bytes, {width} hashes are needed.");
        }
        return TlogTiles.Decode(tile.AsSpan(..(width * Digest.LengthBytes)));
    }

    private Digest[] Full(int level, long index)
    {
        ref var slot = ref _slots[HashCode.Combine(level, index) & (SlotCount - 1)];
        var cached = Volatile.Read(ref slot);
        if (cached is null || cached.Level != level || cached.Index != index)
        {
            cached = new CachedTile(level, index, Read(level, index, TlogTiles.WidthMax));
            Volatile.Write(ref slot, cached);
        }
        return cached.Hashes;
    }

    private sealed record CachedTile(int Level, long Index, Digest[] Hashes);
}
