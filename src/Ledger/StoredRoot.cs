using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger;

/// <summary>The root over the beginning of a stored log, from its tiles alone: nothing of the log is opened, repaired or signed.</summary>
public static class StoredRoot
{
    /// <summary>The root over the first entries.</summary>
    /// <param name="store">May be one that a running station writes.</param>
    /// <param name="size">How many entries; the store holds at least as many.</param>
    /// <exception cref="LogStoreException">The store cannot be read, or a tile is missing.</exception>
    public static Digest Of(ILogStore store, long size)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Frontier.FromSubtrees(size, new TileReader(store).For(size, edge: null)).Root;
    }
}
