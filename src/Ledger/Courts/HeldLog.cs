using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Courts;

/// <summary>Another court's log as it lies in a mirror's store: its tree, and the way entries come into it. Used by one thread at a time.</summary>
internal sealed class HeldLog
{
    private readonly ILogStore _store;
    private readonly TileReader _tiles;
    private Frontier _frontier = Frontier.Empty;
    private TileEdge _edge = TileEdge.Load(0, (_, _) => []);

    public HeldLog(ILogStore store)
    {
        _store = store;
        _tiles = new TileReader(store);
    }

    public long Size => _frontier.Size;

    public Digest Root => _frontier.Root;

    /// <summary>Goes on from what lies in the store, after comparing it with itself and with what the owner signed.</summary>
    /// <returns>The note of exactly the held head; null for an empty store.</returns>
    /// <exception cref="LogStop">Something does not agree.</exception>
    /// <exception cref="LogStoreException">The store cannot be read.</exception>
    public byte[]? Open(LogOpening opening)
    {
        if (_store.ReadHead() is not { } stored)
        {
            return _store.ReadEntry(0) is null && _store.ReadLastCheckpoint() is null
                ? null
                : throw new LogStop(LogStopReason.HeadMismatch, "The store has entries or checkpoints, but no head.");
        }

        (_frontier, _edge, var note) = opening.Check(stored);
        return note ?? throw new LogStop(LogStopReason.HeadMismatch, $"The store holds {stored.Size} entries, and no checkpoint of that size.");
    }

    /// <summary>The root over the first entries.</summary>
    public Digest RootAt(long size) => Frontier.FromSubtrees(size, SubtreesOf(size)).Root;

    /// <summary>The proof that the held tree begins with its own beginning.</summary>
    public ConsistencyProof ProveConsistency(long oldSize) => MerkleTree.ProveConsistency(oldSize, Size, SubtreesOf(Size));

    /// <summary>The head with these leaves more; nothing is changed.</summary>
    public Frontier With(ReadOnlySpan<Digest> leaves) => _frontier.Append(leaves);

    /// <summary>Commits entries with the note of the head they lead to, and reads them back.</summary>
    /// <returns>False when what lies on the disk now is not what was to be written.</returns>
    /// <exception cref="LogStoreException">The store failed; this object must not be used again.</exception>
    public bool TryCommit(IReadOnlyList<ReadOnlyMemory<byte>> entries, ReadOnlySpan<Digest> leaves, Frontier head, IReadOnlyList<long> marks, ReadOnlyMemory<byte> note)
    {
        var first = Size;
        _store.Append(new LogCommit(first, [.. entries.Select(e => new NewEntry(e, Digest.Of(e.Span)))], _edge.Append(leaves), head)
        {
            Marks = marks, Checkpoint = note,
        });
        var before = _frontier;
        _frontier = head;
        var read = _store.ReadEntries(first, entries.Count);
        return read.Count == entries.Count && before.Append([.. read.Select(e => TreeHash.OfLeaf(e))]).Root == head.Root;
    }

    private SubtreeReader SubtreesOf(long size) => _tiles.For(size, size == Size ? _edge.Snapshot() : null);
}
