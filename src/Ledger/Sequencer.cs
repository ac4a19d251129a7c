using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger;

/// <summary>
/// Gives entries their index: entries, tiles and head in one commit, then the signature, then the stored signature; only then is anything
/// told to anybody. Has no clock, queue or thread of its own. Used by one thread; after an exception it must not be used again.
/// </summary>
/// <remarks>
/// The committed head is the intent to sign it. A signature is made over the committed head only, commits only append, and
/// <see cref="LogOpening"/> refuses a store whose head is not an extension of what was signed: so no smaller or different head is ever
/// signed, whatever is lost in between.
/// </remarks>
internal sealed class Sequencer(ILogStore store, CourtLogIdentity identity, Action<LogStep>? afterStep)
{
    private Frontier _frontier = Frontier.Empty;
    private TileEdge _edge = TileEdge.Load(0, (_, _) => []);

    /// <summary>Creates the log with its genesis entry, or checks it and signs its head where a crash came before the signature.</summary>
    /// <exception cref="LogStop">The store does not hold this log in good order.</exception>
    /// <exception cref="LogStoreException">The store failed.</exception>
    public PublishedHead Open()
    {
        if (store.ReadHead() is not { } stored)
        {
            if (store.ReadLastCheckpoint() is not null || store.ReadEntry(0) is not null)
            {
                throw new LogStop(LogStopReason.HeadMismatch, "The store has entries or checkpoints, but no head.");
            }
            Commit([new NewEntry(identity.Genesis, Digest.Of(identity.Genesis.Span))], [TreeHash.OfLeaf(identity.Genesis.Span)]);
            return SignHead();
        }
        (_frontier, _edge, var checkpoint) = new LogOpening(store, identity.Signer.Origin, Digest.Of(identity.Genesis.Span), identity.Signer.PublicKey).Check(stored);
        return checkpoint is null ? SignHead() : Publish(checkpoint);
    }

    /// <summary>Sequences the entries of a batch that may enter and are new.</summary>
    /// <param name="batch">Checked entries.</param>
    /// <param name="results">Gets one answer for each entry of the batch, in order; to be given out after this method returns.</param>
    /// <returns>The new head, or null when nothing was new.</returns>
    /// <exception cref="LogStop">The log's key could not sign.</exception>
    /// <exception cref="LogStoreException">The store failed.</exception>
    public PublishedHead? Append(IReadOnlyList<PendingEntry> batch, List<AppendResult> results)
    {
        afterStep?.Invoke(LogStep.BatchTaken);
        var entries = new List<NewEntry>(batch.Count);
        var leaves = new List<Digest>(batch.Count);
        var inBatch = new Dictionary<Digest, long>();
        foreach (var pending in batch)
        {
            results.Add(Place(pending, entries, leaves, inBatch));
        }
        if (entries.Count == 0)
        {
            return null;
        }
        Commit(entries, [.. leaves]);
        for (var i = 0; i < results.Count; i++)
        {
            results[i] = results[i].IsSequenced ? results[i] with { TreeSize = _frontier.Size } : results[i];
        }
        return SignHead();
    }

    private AppendResult Place(PendingEntry pending, List<NewEntry> entries, List<Digest> leaves, Dictionary<Digest, long> inBatch)
    {
        if (pending.PolicyFault is not null || pending.Refusal is not null)
        {
            return AppendResult.Without(AppendStatus.Refused, pending.Refusal);
        }
        var index = _frontier.Size + entries.Count;
        if (store.FindEntry(pending.Id) is { } stored)
        {
            return new AppendResult(AppendStatus.AlreadySequenced, stored, _frontier.Size, null);
        }
        if (!inBatch.TryAdd(pending.Id, index))
        {
            return new AppendResult(AppendStatus.AlreadySequenced, inBatch[pending.Id], _frontier.Size, null);
        }
        entries.Add(new NewEntry(pending.Bytes, pending.Id));
        leaves.Add(pending.Leaf);
        return new AppendResult(AppendStatus.Sequenced, index, 0, null);
    }

    private void Commit(IReadOnlyList<NewEntry> entries, ReadOnlySpan<Digest> leaves)
    {
        var frontier = _frontier.Append(leaves);
        store.Append(new LogCommit(_frontier.Size, entries, _edge.Append(leaves), frontier));
        _frontier = frontier;
        afterStep?.Invoke(LogStep.Committed);
    }

    private PublishedHead SignHead()
    {
        byte[] note;
        try
        {
            note = identity.Signer.Sign(_frontier.Size, _frontier.Root);
        }
        catch (Exception exception)
        {
            // A key may fail in any way its maker thought of (a token pulled out, a module timing out); all mean the same here.
            throw new LogStop(LogStopReason.SignerFailed, $"The log's key could not sign: {exception.Message}", exception);
        }
        afterStep?.Invoke(LogStep.Signed);
        store.SaveCheckpoint(_frontier.Size, note);
        afterStep?.Invoke(LogStep.CheckpointSaved);
        return Publish(note);
    }

    private PublishedHead Publish(byte[] note) => new(new LogHead(_frontier.Size, _frontier.Root, note), _edge.Snapshot());
}
