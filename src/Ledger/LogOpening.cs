using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger;

/// <summary>Compares what a store holds with itself and with what was signed, before anything is written or signed again.</summary>
/// <remarks>Reads one tile per level and the entries of the last one, however long the log is; fsck reads everything.</remarks>
/// <param name="store">What is compared.</param>
/// <param name="origin">The log it must hold.</param>
/// <param name="genesis">SHA-256 of its first entry.</param>
/// <param name="logKey">The key that signs its checkpoints.</param>
internal sealed class LogOpening(ILogStore store, string origin, Digest genesis, CoseKey logKey)
{
    private readonly TileReader _tiles = new(store);

    /// <summary>The frontier and unfinished tiles to go on from, and the signed checkpoint of exactly that size if there is one.</summary>
    /// <exception cref="LogStop">Something does not agree.</exception>
    /// <exception cref="LogStoreException">The store cannot be read.</exception>
    public (Frontier Frontier, TileEdge Edge, byte[]? Checkpoint) Check(StoredHead head)
    {
        // 1. The head row agrees with itself.
        if (!Frontier.TryDecode(head.Frontier.Span, out var frontier) || frontier.Size != head.Size || frontier.Root != head.Root || head.Size == 0)
        {
            throw Mismatch("The stored head's size, root and frontier do not belong together.");
        }

        // 2. It is this log.
        if (store.ReadEntry(0) is not { } first || Digest.Of(first) != genesis)
        {
            throw new LogStop(LogStopReason.GenesisMismatch, "Entry 0 of the store is not the genesis entry of this log.");
        }

        // 3. The frontier follows from the stored tiles.
        var recomputed = Frontier.FromSubtrees(head.Size, _tiles.For(head.Size, edge: null));
        if (!recomputed.Encode().AsSpan().SequenceEqual(head.Frontier.Span))
        {
            throw Mismatch($"The stored tiles lead to the root {recomputed.Root}, the head at size {head.Size} says {head.Root}.");
        }

        // 4. The last tile follows from the stored entries, and there are no entries beyond the head.
        CheckLastEntries(head.Size);

        // 5. What was signed last is the head or a beginning of it.
        var signed = CheckLastSigned(frontier);
        var edge = TileEdge.Load(head.Size, (level, index) => _tiles.Read(level, index, TlogTiles.Width(head.Size, level, index)));
        return (frontier, edge, signed);
    }

    private void CheckLastEntries(long size)
    {
        var index = (size - 1) / TlogTiles.WidthMax;
        var width = TlogTiles.Width(size, 0, index);
        var entries = store.ReadEntries(index * TlogTiles.WidthMax, TlogTiles.WidthMax + 1);
        if (entries.Count != width)
        {
            throw Mismatch($"The head says {size} entries; from {index * TlogTiles.WidthMax} on there are {entries.Count}, not {width}.");
        }
        var leaves = entries.Select(entry => TreeHash.OfLeaf(entry)).ToArray();
        var stored = _tiles.Read(0, index, width);
        for (var i = 0; i < width; i++)
        {
            if (leaves[i] != stored[i])
            {
                throw Mismatch($"Entry {(index * TlogTiles.WidthMax) + i} does not have the hash that its tile says.");
            }
        }
        if (width == TlogTiles.WidthMax && _tiles.For(size, edge: null)(TlogTiles.Height, index) != MerkleTree.Root(leaves))
        {
            throw Mismatch($"Tile {TilePath.Hashes(0, index)} does not have the hash that the tile above it says.");
        }
    }

    private byte[]? CheckLastSigned(Frontier frontier)
    {
        if (store.ReadLastCheckpoint() is not { } note)
        {
            return null;
        }
        using var key = new VerificationKey(logKey);
        var verdict = CheckpointVerifier.Verify(note, origin, [new NoteKey(origin, key)], out var checkpoint);
        if (verdict != CheckpointVerdict.Valid)
        {
            throw Mismatch($"The last stored checkpoint is not one this log signed ({verdict}).");
        }
        if (store.ReadCheckpoint(checkpoint!.Size) is not { } same || !same.AsSpan().SequenceEqual(note))
        {
            throw Mismatch($"The last stored checkpoint speaks of size {checkpoint.Size}, but is stored under another.");
        }
        if (checkpoint.Size > frontier.Size)
        {
            throw Mismatch($"A checkpoint of size {checkpoint.Size} was signed, the store holds only {frontier.Size} entries.");
        }
        var root = Frontier.FromSubtrees(checkpoint.Size, _tiles.For(checkpoint.Size, edge: null)).Root;
        if (root != checkpoint.Root)
        {
            throw Mismatch($"The root {checkpoint.Root} was signed at size {checkpoint.Size}, the stored tiles lead to {root}.");
        }
        return checkpoint.Size == frontier.Size ? note : null;
    }

    private static LogStop Mismatch(string sentence) => new(LogStopReason.HeadMismatch, sentence);
}
