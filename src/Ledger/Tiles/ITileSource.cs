namespace Cinnabar.Ledger.Tiles;

/// <summary>Reads a log by the paths of C2SP tlog-tiles, wherever it is kept. Everything read is untrusted until it is checked.</summary>
/// <remarks>Safe for concurrent callers.</remarks>
public interface ITileSource
{
    /// <summary>The bytes at a path, or null when there is nothing.</summary>
    /// <remarks>
    /// A part of a tile may be answered by the part asked for only, never by a longer one. A source that has dropped parts
    /// because the full tile is there cuts them out of it.
    /// </remarks>
    /// <exception cref="TileSourceException">The source cannot say whether there is anything, or what is there is longer than any tile.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken);
}
