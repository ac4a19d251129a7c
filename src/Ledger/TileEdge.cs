using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger;

/// <summary>The last, unfinished tile of every level: what the writer extends. Used by one thread.</summary>
internal sealed class TileEdge
{
    private readonly List<List<Digest>> _levels = [];
    private long _size;

    /// <summary>Takes over the unfinished tiles as they are stored.</summary>
    /// <param name="size">Size of the tree.</param>
    /// <param name="readUnfinished">Gives exactly the hashes of the unfinished tile at (level, index).</param>
    public static TileEdge Load(long size, Func<int, long, Digest[]> readUnfinished)
    {
        var edge = new TileEdge { _size = size };
        for (var level = 0; level < TlogTiles.LevelCount(size); level++)
        {
            var count = TlogTiles.HashCount(size, level);
            edge._levels.Add(count % TlogTiles.WidthMax == 0 ? [] : [.. readUnfinished(level, count / TlogTiles.WidthMax)]);
        }
        return edge;
    }

    /// <summary>Adds leaves and gives every tile that came to be or changed, the unfinished ones among them.</summary>
    public IReadOnlyList<TileWrite> Append(ReadOnlySpan<Digest> leaves)
    {
        var writes = new List<TileWrite>();
        var oldSize = _size;
        foreach (var leaf in leaves)
        {
            Push(writes, 0, leaf);
            _size++;
        }
        for (var level = 0; level < _levels.Count; level++)
        {
            var unfinished = _levels[level];
            var count = TlogTiles.HashCount(_size, level);
            if (unfinished.Count > 0 && count != TlogTiles.HashCount(oldSize, level))
            {
                writes.Add(new TileWrite(level, count / TlogTiles.WidthMax, TlogTiles.Encode([.. unfinished])));
            }
        }
        return writes;
    }

    /// <summary>A copy of the unfinished tiles, by level.</summary>
    public Digest[][] Snapshot() => [.. _levels.Select(level => level.ToArray())];

    private void Push(List<TileWrite> writes, int level, Digest hash)
    {
        if (level == _levels.Count)
        {
            _levels.Add(new List<Digest>(TlogTiles.WidthMax));
        }
        var unfinished = _levels[level];
        unfinished.Add(hash);
        if (unfinished.Count < TlogTiles.WidthMax)
        {
            return;
        }
        // The leaf being pushed is not in _size yet, and it is the one that fills this tile.
        var index = TlogTiles.HashCount(_size + 1, level) / TlogTiles.WidthMax - 1;
        var full = unfinished.ToArray();
        writes.Add(new TileWrite(level, index, TlogTiles.Encode(full)));
        unfinished.Clear();
        Push(writes, level + 1, MerkleTree.Root(full));
    }
}
