using System.Runtime.CompilerServices;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger;

public sealed partial class CourtLog
{
    /// <summary>The most entries one call of <see cref="ReadEntries"/> gives: 1,024.</summary>
    public const int ReadEntriesMax = 1024;

    /// <summary>A tree of one entry has no receipt: RFC 9942 forbids the empty path. The genesis entry waits for the next one.</summary>
    public const long ReceiptTreeSizeMin = 2;

    /// <summary>The newest head that is durable and signed. Nothing beyond it is shown by any reader.</summary>
    public LogHead Head => Volatile.Read(ref _published).Head;

    /// <summary>The entry at an index, or null when the head does not reach it.</summary>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public ReadOnlyMemory<byte>? ReadEntry(long index) =>
        index >= 0 && index < Head.Size ? Optional(_store.ReadEntry(index)) : null;

    /// <summary>Entries from <paramref name="first"/> on, at most <paramref name="count"/> and <see cref="ReadEntriesMax"/>; fewer at the head.</summary>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public IReadOnlyList<SequencedEntry> ReadEntries(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var wanted = (int)Math.Clamp(Head.Size - first, 0, Math.Min(count, ReadEntriesMax));
        return wanted == 0 ? [] : [.. _store.ReadEntries(first, wanted).Select((bytes, i) => new SequencedEntry(first + i, bytes))];
    }

    /// <summary>The index of the entry whose bytes have this SHA-256, or null when the head does not cover one.</summary>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public long? Find(Digest statementHash)
    {
        var size = Head.Size;
        return _store.FindEntry(statementHash) is { } index && index < size ? index : null;
    }

    /// <summary>The signed checkpoint of exactly this size, or null when none was signed.</summary>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public ReadOnlyMemory<byte>? ReadCheckpoint(long size) =>
        size <= Head.Size ? Optional(_store.ReadCheckpoint(size)) : null;

    /// <summary>The root over the first <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative or beyond the head.</exception>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public Digest RootAt(long size) => Frontier.FromSubtrees(size, SubtreesOf(size)).Root;

    /// <summary>The proof that an entry is in the tree of a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is beyond the head, or the index not below the size.</exception>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public InclusionProof ProveInclusion(long index, long size) => MerkleTree.ProveInclusion(index, size, SubtreesOf(size));

    /// <summary>The proof that the tree of one size begins with the tree of a smaller one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">0 ≤ oldSize ≤ newSize ≤ head does not hold.</exception>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public ConsistencyProof ProveConsistency(long oldSize, long newSize) =>
        MerkleTree.ProveConsistency(oldSize, newSize, SubtreesOf(newSize));

    /// <summary>Waits until the signed head has at least this size.</summary>
    /// <exception cref="LogStoppedException">The writer has stopped before.</exception>
    public async ValueTask<LogHead> WaitForSizeAsync(long size, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the head is looked at: a change in between completes this very task.
            var changed = Volatile.Read(ref _changed).Task;
            var head = Head;
            if (head.Size >= size)
            {
                return head;
            }
            if (!Health.IsWriting)
            {
                throw new LogStoppedException(Health);
            }
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A COSE receipt (docs/formats/receipt.md) for an entry in the tree of a size.</summary>
    /// <param name="index">Position of the entry.</param>
    /// <param name="size">At least <see cref="ReceiptTreeSizeMin"/>, beyond the index, and not beyond the head: what is final decides, not this log.</param>
    /// <exception cref="ArgumentOutOfRangeException">Index or size is out of range.</exception>
    /// <exception cref="Storage.LogStoreException">The store cannot be read.</exception>
    public byte[] CutReceipt(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, Math.Max(index + 1, ReceiptTreeSizeMin));
        var leaf = SubtreesOf(size)(0, index);
        return SignedRootOf(RootAt(size)).CutReceipt(leaf, ProveInclusion(index, size));
    }

    /// <summary>All entries from <paramref name="from"/> on in order, each once, and those to come as soon as they are signed for.</summary>
    /// <remarks>
    /// Ends when the log is closed. A follower that keeps the next index it wants, in the same transaction as what it made of the entries,
    /// sees every entry exactly once across restarts. Signalled, not polled; a slow follower holds nobody up.
    /// </remarks>
    /// <exception cref="LogStoppedException">The writer has stopped because of a failure, and all entries signed before were given.</exception>
    public async IAsyncEnumerable<SequencedEntry> Follow(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        var next = from;
        while (true)
        {
            try
            {
                await WaitForSizeAsync(next + 1, cancellationToken).ConfigureAwait(false);
            }
            catch (LogStoppedException) when (Health.Reason == LogStopReason.Closed)
            {
                yield break;
            }
            foreach (var entry in ReadEntries(next, TlogTiles.WidthMax))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
                next++;
            }
        }
    }

    /// <summary>Null stays null: the conversion from an array would make it an empty value.</summary>
    private static ReadOnlyMemory<byte>? Optional(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;

    /// <summary>All receipts of one head share a signature: the last one is kept.</summary>
    private SignedRoot SignedRootOf(Digest root)
    {
        lock (_signedRootGate)
        {
            return _signedRoot?.Root == root ? _signedRoot : _signedRoot = _identity.Receipts.Sign(root);
        }
    }

    private SubtreeReader SubtreesOf(long size)
    {
        var published = Volatile.Read(ref _published);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, published.Head.Size);
        return _tiles.For(size, size == published.Head.Size ? published.Edge : null);
    }
}
