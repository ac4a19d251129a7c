namespace Cinnabar.Ledger;

/// <summary>The bounded way from callers over the checking threads to the writer; keeps the order of arrival.</summary>
/// <remarks>
/// Two views of the same entries: checking threads take them one by one, the writer takes them in order and waits until those of its
/// batch are checked. When full it takes nothing and says so: a seal keeps its statements, so shedding load here loses nothing.
/// </remarks>
internal sealed class AppendQueue(CourtLogOptions options, TimeProvider time)
{
    // Lock order: _order before _work.
    private readonly object _order = new();
    private readonly object _work = new();
    private readonly Queue<PendingEntry> _ordered = new();
    private readonly Queue<PendingEntry> _unchecked = new();
    private PendingEntry? _awaited;
    private long _bytes;
    private int _wakeWriterAt = 1;
    private bool _closed;
    private bool _workClosed;

    /// <summary>Takes an entry; otherwise says why not, <see cref="AppendStatus.Busy"/> or <see cref="AppendStatus.Stopped"/>.</summary>
    public bool TryAdd(PendingEntry entry, out AppendStatus why)
    {
        lock (_order)
        {
            why = _closed ? AppendStatus.Stopped : AppendStatus.Busy;
            if (_closed || _ordered.Count >= options.QueueEntriesMax || _bytes + entry.Bytes.Length > options.QueueBytesMax)
            {
                return false;
            }
            _ordered.Enqueue(entry);
            _bytes += entry.Bytes.Length;
            if (_ordered.Count >= _wakeWriterAt || _bytes >= options.BatchBytesMax)
            {
                Monitor.PulseAll(_order);
            }
            lock (_work)
            {
                _unchecked.Enqueue(entry);
                Monitor.Pulse(_work);
            }
            return true;
        }
    }

    /// <summary>The next entry to check; waits for one. Null when the queue is closed and all are checked.</summary>
    public PendingEntry? TakeUnchecked()
    {
        lock (_work)
        {
            while (_unchecked.Count == 0)
            {
                if (_workClosed)
                {
                    return null;
                }
                Monitor.Wait(_work);
            }
            return _unchecked.Dequeue();
        }
    }

    /// <summary>Hands a checked entry to the writer.</summary>
    public void MarkChecked(PendingEntry entry)
    {
        lock (_order)
        {
            entry.IsChecked = true;
            if (ReferenceEquals(entry, _awaited))
            {
                Monitor.PulseAll(_order);
            }
        }
    }

    /// <summary>
    /// Waits for entries, then until the oldest has waited for the batch window or the batch is full, then until all of the batch are checked.
    /// False when the queue is closed and empty.
    /// </summary>
    public bool TakeBatch(List<PendingEntry> batch)
    {
        lock (_order)
        {
            if (!WaitForFirst())
            {
                return false;
            }
            WaitForCompany();
            long bytes = 0;
            while (_ordered.TryPeek(out var next) && batch.Count < options.BatchEntriesMax
                && (batch.Count == 0 || bytes + next.Bytes.Length <= options.BatchBytesMax))
            {
                bytes += next.Bytes.Length;
                batch.Add(_ordered.Dequeue());
            }
            _bytes -= bytes;
            foreach (var entry in batch)
            {
                while (!entry.IsChecked)
                {
                    _awaited = entry;
                    Monitor.Wait(_order);
                }
            }
            _awaited = null;
            return true;
        }
    }

    /// <summary>Takes no more; what is in the queue still goes its way.</summary>
    public void Close()
    {
        lock (_order)
        {
            _closed = true;
            Monitor.PulseAll(_order);
            lock (_work)
            {
                _workClosed = true;
                Monitor.PulseAll(_work);
            }
        }
    }

    /// <summary>Takes no more and gives back what the writer has not taken.</summary>
    public IReadOnlyList<PendingEntry> Abandon()
    {
        Close();
        lock (_order)
        {
            PendingEntry[] left = [.. _ordered];
            _ordered.Clear();
            lock (_work)
            {
                _unchecked.Clear();
            }
            return left;
        }
    }

    private bool WaitForFirst()
    {
        while (_ordered.Count == 0)
        {
            if (_closed)
            {
                return false;
            }
            _wakeWriterAt = 1;
            Monitor.Wait(_order);
        }
        return true;
    }

    private void WaitForCompany()
    {
        _wakeWriterAt = options.BatchEntriesMax;
        while (!_closed && _ordered.Count < options.BatchEntriesMax && _bytes < options.BatchBytesMax)
        {
            var left = options.BatchWindow - time.GetElapsedTime(_ordered.Peek().Arrived);
            if (left <= TimeSpan.Zero)
            {
                return;
            }
            // Monitor counts whole milliseconds; rounding up keeps the last fraction from becoming a spin.
            Monitor.Wait(_order, (int)Math.Ceiling(left.TotalMilliseconds));
        }
    }
}
