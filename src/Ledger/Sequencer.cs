using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Rules;
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

    /// <summary>
    /// Creates the log with its genesis entry, or checks it and signs its head where a crash came before the signature; then begins the
    /// epoch in force with a header, where the log has none of it yet.
    /// </summary>
    /// <exception cref="LogStop">The store does not hold this log in good order.</exception>
    /// <exception cref="LogStoreException">The store failed.</exception>
    public PublishedHead Open()
    {
        var head = store.ReadHead() is { } stored ? GoOn(stored) : Begin();
        return identity.Headers is null || identity.Rules!.LastHeader?.Set == identity.Headers.Epoch.Hash ? head : Write(NewBatch());
    }

    /// <summary>Sequences the entries of a batch that may enter and are new.</summary>
    /// <param name="batch">Checked entries.</param>
    /// <param name="results">Gets one answer for each entry of the batch, in order; to be given out after this method returns.</param>
    /// <returns>The new head, or null when nothing was new.</returns>
    /// <exception cref="LogStop">The log's key could not sign, or the station's could not sign a header that keeps the rules.</exception>
    /// <exception cref="LogStoreException">The store failed.</exception>
    public PublishedHead? Append(IReadOnlyList<PendingEntry> batch, List<AppendResult> results)
    {
        afterStep?.Invoke(LogStep.BatchTaken);
        var entries = NewBatch();
        var empty = entries.Count;
        foreach (var pending in batch)
        {
            results.Add(Place(pending, entries));
        }
        if (entries.Count == empty)
        {
            return null;
        }
        var head = Write(entries);
        for (var i = 0; i < results.Count; i++)
        {
            results[i] = results[i].IsSequenced ? results[i] with { TreeSize = _frontier.Size } : results[i];
        }
        return head;
    }

    private PublishedHead Begin()
    {
        if (store.ReadLastCheckpoint() is not null || store.ReadEntry(0) is not null)
        {
            throw new LogStop(LogStopReason.HeadMismatch, "The store has entries or checkpoints, but no head.");
        }
        var bytes = identity.Genesis;
        var (prepared, fault) = identity.Rules is null ? default : EntryRules.Prepare(new SequencedEntry(0, bytes), onlyMarked: false);
        var batch = new Batch(0, identity.Rules?.Begin());
        fault ??= batch.Add(new NewEntry(bytes, Digest.Of(bytes.Span)), TreeHash.OfLeaf(bytes.Span), prepared, isVerified: false);
        return fault is null ? Write(batch) : throw Broken(fault);
    }

    private PublishedHead GoOn(StoredHead stored)
    {
        (_frontier, _edge, var checkpoint) = new LogOpening(store, identity.Signer.Origin, Digest.Of(identity.Genesis.Span), identity.Signer.PublicKey).Check(stored);
        try
        {
            identity.Rules?.Restore(MarkedEntries.Read(store, stored.Size));
        }
        catch (FormatException refused)
        {
            throw new LogStop(LogStopReason.RulesBroken, refused.Message, refused);
        }
        return checkpoint is null ? SignHead() : Publish(checkpoint);
    }

    /// <summary>A batch with nothing but its header, where there is to be one.</summary>
    private Batch NewBatch()
    {
        var batch = new Batch(_frontier.Size, identity.Rules?.Begin());
        if (identity.Headers is { } headers)
        {
            Statement header;
            try
            {
                header = headers.Make(batch.Next, identity.Rules!.LastHeader);
            }
            catch (Exception exception)
            {
                throw new LogStop(LogStopReason.SignerFailed, $"The station's key could not sign: {exception.Message}", exception);
            }
            if (batch.Add(new PreparedEntry(header), isVerified: false) is { } fault)
            {
                throw Broken(fault);
            }
        }
        return batch;
    }

    private AppendResult Place(PendingEntry pending, Batch batch)
    {
        if (pending.PolicyFault is not null || pending.Refusal is not null)
        {
            return AppendResult.Without(AppendStatus.Refused, pending.Refusal);
        }
        if ((store.FindEntry(pending.Id) ?? batch.Find(pending.Id)) is { } known)
        {
            return new AppendResult(AppendStatus.AlreadySequenced, known, _frontier.Size, null);
        }
        var index = batch.Next;
        if (pending.Prepared?.Statement.Kind == BatchHeader.Kind)
        {
            return AppendResult.Without(AppendStatus.Refused, EntryRefusal.Of(new EntryFault(index, EntryFault.HeaderForm, "Only the log itself begins its batches.")));
        }
        return batch.Add(new NewEntry(pending.Bytes, pending.Id), pending.Leaf, pending.Prepared, pending.Verified is not null) is { } fault
            ? AppendResult.Without(AppendStatus.Refused, EntryRefusal.Of(fault))
            : new AppendResult(AppendStatus.Sequenced, index, 0, null);
    }

    private PublishedHead Write(Batch batch)
    {
        Digest[] leaves = [.. batch.Leaves];
        var frontier = _frontier.Append(leaves);
        store.Append(new LogCommit(_frontier.Size, batch.Entries, _edge.Append(leaves), frontier) { Marks = batch.Draft?.Marks ?? [] });
        _frontier = frontier;
        if (batch.Draft is { } draft)
        {
            identity.Rules!.Take(draft);
        }
        afterStep?.Invoke(LogStep.Committed);
        return SignHead();
    }

    private static LogStop Broken(EntryFault fault) => new(LogStopReason.RulesBroken, $"Entry {fault.Index} breaks the rule {fault.Rule}: {fault.Sentence}");

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
