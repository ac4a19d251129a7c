using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger;

public sealed partial class CourtLog
{
    private void CheckLoop()
    {
        while (_queue.TakeUnchecked() is { } pending)
        {
            try
            {
                pending.Refusal = _policy(pending.Bytes);
                if (pending.Refusal is null)
                {
                    Prepare(pending);
                }
            }
            catch (Exception exception)
            {
                // The policy is a stranger's code: its failure is the answer to this one append, not the end of the log.
                pending.PolicyFault = exception;
            }
            _queue.MarkChecked(pending);
        }
    }

    private void Prepare(PendingEntry pending)
    {
        if (_identity.Rules is not null)
        {
            (pending.Prepared, var fault) = pending.Verified is { } verified
                ? (new PreparedEntry(verified.Statement), null)
                : EntryRules.Prepare(new SequencedEntry(0, pending.Bytes), onlyMarked: false);
            pending.Refusal = fault is null ? null : EntryRefusal.Of(fault);
        }
        pending.Id = pending.Prepared?.Statement.Hash ?? Digest.Of(pending.Bytes.Span);
        pending.Leaf = TreeHash.OfLeaf(pending.Bytes.Span);
    }

    private void WriteLoop(Sequencer sequencer)
    {
        var batch = new List<PendingEntry>();
        var results = new List<AppendResult>();
        try
        {
            while (_queue.TakeBatch(batch))
            {
                WriteBatch(sequencer, batch, results);
                batch.Clear();
                results.Clear();
            }
            Stop(new LogHealth(LogStopReason.Closed, "The log was closed."), batch);
        }
        catch (LogStop stop)
        {
            Stop(stop.Health, batch);
        }
        catch (LogStoreException exception)
        {
            Stop(LogStop.From(exception).Health, batch);
        }
        catch (Exception exception)
        {
            // Not foreseen, so nothing is known about the state: fail closed.
            Stop(new LogHealth(LogStopReason.StoreFailed, $"Unexpected failure while writing: {exception.Message}"), batch);
        }
    }

    private void WriteBatch(Sequencer sequencer, List<PendingEntry> batch, List<AppendResult> results)
    {
        var head = sequencer.Append(batch, results);
        if (head is not null)
        {
            Publish(head);
        }
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].PolicyFault is { } fault)
            {
                batch[i].TrySetException(fault);
            }
            else
            {
                batch[i].TrySetResult(results[i]);
            }
        }
        _options.TestingOnlyAfterStep?.Invoke(LogStep.Released);
        if (head is not null)
        {
            _store.Tidy();
            _options.TestingOnlyAfterStep?.Invoke(LogStep.Tidied);
        }
    }

    private void Publish(PublishedHead head)
    {
        Volatile.Write(ref _published, head);
        SignalChange();
    }

    private void Stop(LogHealth health, List<PendingEntry> batch)
    {
        Volatile.Write(ref _health, health);
        foreach (var pending in batch.Concat(_queue.Abandon()))
        {
            pending.TrySetResult(AppendResult.Without(AppendStatus.Stopped));
        }
        _stopped.TrySetResult(health);
        SignalChange();
    }

    private void SignalChange() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
