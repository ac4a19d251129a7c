using Cinnabar.Evidence;
using Cinnabar.Seal.Journal;

namespace Cinnabar.Seal.Outbox;

/// <summary>Which statement is sent next, which ones are on their way, and through which one the court has all.</summary>
/// <remarks>
/// In order, and each once per connection: a new statement does not overtake one that the station asked to have again
/// later. Thread-safe.
/// </remarks>
internal sealed class StatementWindow(DeviceJournal journal, int unacknowledgedMax, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Flight> _flights = [];
    private readonly SortedDictionary<long, Digest> _settled = [];
    private long _through = journal.Acked;
    private long _next = journal.Acked + 1;
    private bool _open;

    /// <summary>True while something could be sent that was not: the media lane holds still then.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_gate)
            {
                // Without a station to talk to on this lane, pictures must not go ahead of the statements they belong to either.
                return _open ? DueRetry() is not null || CanSendNew() : _next <= journal.SendableThrough;
            }
        }
    }

    /// <summary>Statements the court does not have yet.</summary>
    public long Backlog
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, journal.Head.Sequence - _through - _settled.Count);
            }
        }
    }

    /// <summary>A connection begins: everything behind what the station has is sent (again).</summary>
    /// <param name="acked">Number from the station's welcome.</param>
    public void Open(long acked)
    {
        lock (_gate)
        {
            // A station that claims more than was ever stated has mixed us up with another, or we have lost our disk:
            // it is believed only within our own numbers.
            var through = Math.Min(acked, journal.Head.Sequence);
            _flights.Clear();
            if (through > _through)
            {
                Advance(through, journal.TryRead(through, out var bytes) ? Digest.Of(bytes.Span) : default);
                foreach (var sequence in _settled.Keys.Where(s => s <= through).ToArray())
                {
                    _settled.Remove(sequence);
                }
            }

            _next = _through + 1;
            _open = true;
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _open = false;
            _next = _through + 1;
        }
    }

    /// <summary>Takes the next statement to send, if there is one now.</summary>
    public bool TryTake(out long sequence, out ReadOnlyMemory<byte> statement)
    {
        lock (_gate)
        {
            sequence = 0;
            statement = default;
            if (DueRetry() is { } retry)
            {
                sequence = retry;
            }
            else if (_flights.Values.Any(flight => flight.RetryAt is not null))
            {
                return false;
            }

            while (sequence == 0 && CanSendNew())
            {
                if (journal.TryRead(_next, out _))
                {
                    // What was acknowledged out of order on an earlier connection is not sent again.
                    sequence = _settled.ContainsKey(_next) ? 0 : _next;
                }
                else
                {
                    // Lost on our own disk: the court sees the gap; waiting for it would silence everything behind it.
                    Settle(_next, default);
                }

                _next++;
            }

            if (sequence == 0 || !journal.TryRead(sequence, out statement))
            {
                return false;
            }

            _flights[sequence] = new Flight(Digest.Of(statement.Span), null);
            return true;
        }
    }

    /// <summary>The court has it.</summary>
    /// <returns>False when the hash is not that of what was sent under this number: somebody else's acknowledgement.</returns>
    public bool Acknowledge(long sequence, Digest hash)
    {
        lock (_gate)
        {
            if (!_flights.TryGetValue(sequence, out var flight) || flight.Hash != hash)
            {
                return false;
            }

            Settle(sequence, hash);
            return true;
        }
    }

    /// <summary>The court refuses it for good and has put it aside; sending it again is pointless.</summary>
    public bool Refuse(long sequence)
    {
        lock (_gate)
        {
            if (!_flights.TryGetValue(sequence, out var flight))
            {
                return false;
            }

            Settle(sequence, flight.Hash);
            return true;
        }
    }

    /// <summary>The court cannot take it now.</summary>
    public void Postpone(long sequence, TimeSpan retry)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(sequence, out var flight))
            {
                _flights[sequence] = flight with { RetryAt = time.GetTimestamp() + (long)(retry.TotalSeconds * time.TimestampFrequency) };
            }
        }
    }

    /// <summary>Time after which to look again although nobody calls: a retry, or a disk that is late with an alarm.</summary>
    public TimeSpan LookAgainAfter
    {
        get
        {
            lock (_gate)
            {
                var waits = _flights.Values.Where(f => f.RetryAt is not null).Select(f => time.GetElapsedTime(time.GetTimestamp(), f.RetryAt!.Value));
                var late = journal.Head.Sequence > journal.SendableThrough ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromMinutes(1);
                return waits.Append(late).Min() is { Ticks: > 0 } wait ? wait : TimeSpan.FromMilliseconds(1);
            }
        }
    }

    private long? DueRetry()
    {
        var now = time.GetTimestamp();
        foreach (var (sequence, flight) in _flights)
        {
            if (flight.RetryAt is { } at)
            {
                return at <= now ? sequence : null;
            }
        }

        return null;
    }

    private bool CanSendNew() =>
        _flights.Count < unacknowledgedMax && _next <= journal.SendableThrough && _flights.Values.All(flight => flight.RetryAt is null);

    private void Settle(long sequence, Digest hash)
    {
        _flights.Remove(sequence);
        _settled[sequence] = hash;
        while (_settled.Remove(_through + 1, out var next))
        {
            Advance(_through + 1, next);
        }
    }

    private void Advance(long through, Digest hash)
    {
        _through = through;
        journal.AckThrough(through, hash);
    }

    private readonly record struct Flight(Digest Hash, long? RetryAt);
}
