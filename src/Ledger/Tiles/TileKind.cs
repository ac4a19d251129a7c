namespace Cinnabar.Ledger.Tiles;

/// <summary>What a path of the log's read interface names.</summary>
public enum TileKind
{
    /// <summary>The newest signed checkpoint.</summary>
    Checkpoint,

    /// <summary>A tile of hashes.</summary>
    Hashes,

    /// <summary>A bundle of entries.</summary>
    Entries,
}
