using Cinnabar.Evidence;

namespace Cinnabar.Seal.Journal;

/// <summary>
/// What the device has stated and the court may not have yet: append-only files and, until the disk has answered, memory.
/// </summary>
/// <remarks>
/// <see cref="Append"/> never waits for the disk and never fails: a thread of its own writes, at once for alarms, at
/// most once a second for the rest. A statement is offered for sending when it is durable, or when the disk refuses or
/// is late: a record can be lost by the disk, a warning not. Thread-safe.
/// </remarks>
internal sealed class DeviceJournal : IDisposable
{
    private readonly JournalFiles _files;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Thread _writer;
    private readonly object _gate = new();
    private readonly SortedDictionary<long, Held> _memory = [];
    private long _last;
    private Digest _lastHash;
    private long _durable;
    private bool _stopping;
    private string? _failure;

    private DeviceJournal(JournalFiles files, JournalOptions options, TimeProvider time)
    {
        _files = files;
        _options = options;
        _time = time;
        _last = _durable = files.Last;
        _lastHash = files.LastHash;
        _writer = new Thread(WriteUntilStopped) { IsBackground = true, Name = "journal" };
    }

    /// <summary>Raised, on any thread, when more may be sent than before or the disk's health has changed.</summary>
    public event Action? Changed;

    public JournalCondition Condition => _files.Condition;

    /// <summary>Last number given out, in this life or an earlier one, and the hash of that statement.</summary>
    public (long Sequence, Digest Hash) Head
    {
        get
        {
            lock (_gate)
            {
                return (_last, _lastHash);
            }
        }
    }

    /// <summary>Number through which the court has acknowledged.</summary>
    public long Acked => _files.Acked;

    /// <summary>Number through which everything is on the disk.</summary>
    public long Durable
    {
        get
        {
            lock (_gate)
            {
                return _durable;
            }
        }
    }

    /// <summary>Why the disk refuses, or null while it does not.</summary>
    public string? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>Bytes given to the disk since the start: flash wears by them.</summary>
    public long BytesWritten => _files.BytesWritten;

    /// <summary>Number through which statements may be sent now.</summary>
    public long SendableThrough
    {
        get
        {
            lock (_gate)
            {
                var late = _failure is not null
                    || _memory.Values.Any(held => held.Urgent && _time.GetElapsedTime(held.Since) >= _options.DiskPatience);
                return late ? _last : _durable;
            }
        }
    }

    /// <exception cref="IOException">The folder cannot be read at all; nothing is known about earlier numbers.</exception>
    public static DeviceJournal Open(string folder, JournalOptions options, TimeProvider time)
    {
        var journal = new DeviceJournal(JournalFiles.Open(folder, options, time), options, time);
        journal._writer.Start();
        return journal;
    }

    /// <summary>Takes the statement with the next number.</summary>
    /// <param name="urgent">An alarm: synced at once.</param>
    /// <exception cref="ArgumentException">The number is not the next one.</exception>
    public void Append(long sequence, ReadOnlyMemory<byte> statement, Digest hash, bool urgent)
    {
        lock (_gate)
        {
            if (sequence != _last + 1)
            {
                throw new ArgumentException($"The next statement is {_last + 1}, not {sequence}.", nameof(sequence));
            }

            _last = sequence;
            _lastHash = hash;
            _memory.Add(sequence, new Held(statement, urgent, _time.GetTimestamp()));
            if (_memory.Count > _options.MemoryMax)
            {
                _memory.Remove(_memory.Keys.First());
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The bytes of a statement, from memory or disk.</summary>
    public bool TryRead(long sequence, out ReadOnlyMemory<byte> statement)
    {
        lock (_gate)
        {
            if (_memory.TryGetValue(sequence, out var held))
            {
                statement = held.Statement;
                return true;
            }
        }

        var found = _files.TryRead(sequence, out var bytes);
        statement = bytes;
        return found;
    }

    /// <summary>The court has everything through this number; the files behind it go when their time has come.</summary>
    public void AckThrough(long sequence, Digest hash) => _files.AckThrough(sequence, hash);

    /// <summary>Waits until the statement is on the disk, or the disk has refused, or the time is over.</summary>
    /// <returns>True when it is on the disk.</returns>
    public bool WaitDurable(long sequence, TimeSpan timeout)
    {
        var since = _time.GetTimestamp();
        lock (_gate)
        {
            while (_durable < sequence && _failure is null && timeout - _time.GetElapsedTime(since) is { Ticks: > 0 } left)
            {
                Monitor.Wait(_gate, left);
            }

            return _durable >= sequence;
        }
    }

    /// <summary>Writes what is left, saves the mark, closes.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        // A disk that hangs must not keep the program from stopping.
        if (_writer.Join(TimeSpan.FromSeconds(5)))
        {
            _files.Dispose();
        }
    }

    private void WriteUntilStopped()
    {
        long? lastSync = null;
        while (true)
        {
            var batch = NextBatch(lastSync, out var stopping);
            var failure = batch.Count == 0 ? null : TryWrite(batch);
            lastSync = _time.GetTimestamp();
            failure = Tidy() ?? failure;
            Settle(batch, failure);
            if (stopping)
            {
                return;
            }
        }
    }

    /// <summary>Waits for an alarm, or for the end of the group interval.</summary>
    private List<(long Sequence, ReadOnlyMemory<byte> Statement)> NextBatch(long? lastSync, out bool stopping)
    {
        lock (_gate)
        {
            while (!_stopping)
            {
                var rest = lastSync is { } since ? _options.GroupInterval - _time.GetElapsedTime(since) : TimeSpan.Zero;
                var urgent = _failure is null && _memory.Values.Any(held => held.Urgent);
                if (urgent || rest <= TimeSpan.Zero)
                {
                    break;
                }

                Monitor.Wait(_gate, rest);
            }

            stopping = _stopping;
            return [.. _memory.Select(pair => (pair.Key, pair.Value.Statement))];
        }
    }

    private string? TryWrite(List<(long Sequence, ReadOnlyMemory<byte> Statement)> batch)
    {
        try
        {
            _files.Write(batch);
            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private string? Tidy()
    {
        try
        {
            _files.Tidy();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private void Settle(List<(long Sequence, ReadOnlyMemory<byte> Statement)> batch, string? failure)
    {
        bool changed;
        lock (_gate)
        {
            changed = batch.Count > 0 || failure != _failure;
            _failure = failure;
            if (failure is null && batch.Count > 0)
            {
                batch.ForEach(entry => _memory.Remove(entry.Sequence));
                _durable = batch[^1].Sequence;
            }

            Monitor.PulseAll(_gate);
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    private readonly record struct Held(ReadOnlyMemory<byte> Statement, bool Urgent, long Since);
}
