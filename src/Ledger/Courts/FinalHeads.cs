namespace Cinnabar.Ledger.Courts;

/// <summary>The newest final head of one log, and those who wait for one. Safe for concurrent callers.</summary>
/// <remarks>Receipts, packs and anchors are cut from here and from nowhere else: what has not come by is not final (docs/design/ledger.md, I4).</remarks>
public sealed class FinalHeads
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private FinalHead? _newest;

    /// <summary>The newest one; null before the first.</summary>
    public FinalHead? Newest => Volatile.Read(ref _newest);

    /// <summary>Takes a head that is durable as final. One that is not larger than the newest changes nothing.</summary>
    public void Publish(FinalHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        lock (_gate)
        {
            if (head.Size <= (_newest?.Size ?? 0))
            {
                return;
            }

            Volatile.Write(ref _newest, head);
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Waits until a head of at least this size is final.</summary>
    public async ValueTask<FinalHead> WaitForSizeAsync(long size, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the head is looked at: a change in between completes this very task.
            var changed = Volatile.Read(ref _changed).Task;
            if (Newest is { } head && head.Size >= size)
            {
                return head;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
