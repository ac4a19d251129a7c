using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Seals;

/// <summary>Every seal as it stands now, in memory: what people see must not wait for the log or the disk.</summary>
/// <remarks>
/// Two lines run side by side. The live one takes facts as they are received, and never twice; the durable one takes
/// them as they are sequenced, and is what a restart begins with. Safe for concurrent use; events are raised outside the lock.
/// </remarks>
internal sealed class SealBoard
{
    /// <summary>Without a heartbeat for this long a seal is shown as silent, whatever else is known: two beats of 15 s and 10 s.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(40);

    private const int RecentMax = 65_536;

    private readonly Lock _lock = new();
    private readonly string _origin;
    private readonly CourtLog _log;
    private readonly TimeProvider _time;
    private readonly SealLine _live;
    private readonly SealLine _durable;
    private readonly Dictionary<Digest, (DateTimeOffset ReceivedAt, string Kind)> _recent = [];
    private readonly Queue<Digest> _recentOrder = [];
    private readonly Dictionary<string, List<FactSeen>> _unsequenced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Presence> _presence = new(StringComparer.Ordinal);

    public SealBoard(SealsStore store, CourtLog log, CourtIdentity court, TimeProvider time)
    {
        (_log, _origin, _time) = (log, court.Origin, time);
        var (seals, incidents) = store.Load(time.GetUtcNow());
        _live = new SealLine(seals, incidents);
        _durable = new SealLine(seals, incidents);
    }

    /// <summary>A seal looks different now.</summary>
    public event Action<string>? SealChanged;

    /// <summary>A fact was received or found its place in the log.</summary>
    public event Action<FactSeen>? FactTold;

    public IReadOnlyList<SealState> Seals
    {
        get
        {
            lock (_lock)
            {
                return [.. _live.Seals.Where(s => s.Legal is not null)];
            }
        }
    }

    public SealState? Seal(string number)
    {
        lock (_lock)
        {
            return _live.Seal(number);
        }
    }

    public IncidentState? Incident(string id)
    {
        lock (_lock)
        {
            return _live.Incident(id);
        }
    }

    /// <summary>The seal with its incident and its presence, at one moment.</summary>
    public (SealState Seal, IncidentState? Incident, Presence Presence)? Look(string number)
    {
        lock (_lock)
        {
            return _live.Seal(number) is { } seal
                ? (seal, _live.OpenOf(number).FirstOrDefault(), _presence.GetValueOrDefault(number, Presence.None))
                : null;
        }
    }

    /// <summary>Facts of a seal that are not in the log yet.</summary>
    public IReadOnlyList<FactSeen> Unsequenced(string number)
    {
        lock (_lock)
        {
            return _unsequenced.TryGetValue(number, out var facts) ? [.. facts] : [];
        }
    }

    /// <summary>Takes a fact that was received. Whoever wrote one and wants to read the board next calls it too.</summary>
    public void Take(Statement fact, DateTimeOffset receivedAt)
    {
        var seen = new FactSeen(fact, receivedAt, null);
        lock (_lock)
        {
            if (!Remember(fact, receivedAt))
            {
                return;
            }

            if (fact.Subject != _origin)
            {
                _live.Apply(fact, KindOf);
                if (!_unsequenced.TryGetValue(fact.Subject, out var waiting))
                {
                    _unsequenced[fact.Subject] = waiting = [];
                }

                waiting.Add(seen);
            }
        }

        Tell(seen);
    }

    /// <summary>Takes a fact at its place in the log.</summary>
    /// <returns>What of the durable line is to be written down.</returns>
    public (SealState? Seal, IReadOnlyList<IncidentState> Incidents, FactSeen Seen) TakeSequenced(SequencedFact fact)
    {
        lock (_lock)
        {
            var statement = fact.Statement;
            var receivedAt = _recent.TryGetValue(statement.Hash, out var known)
                ? known.ReceivedAt
                : DateTimeOffset.FromUnixTimeMilliseconds(statement.TimeMs);
            var seen = new FactSeen(statement, receivedAt, fact.Index);
            if (statement.Subject == _origin)
            {
                Remember(statement, receivedAt);
                return (null, [], seen);
            }

            if (Remember(statement, receivedAt))
            {
                _live.Apply(statement, KindOf);
            }

            var (seal, incidents) = _durable.Apply(statement, KindOf);
            return (seal, incidents, seen);
        }
    }

    /// <summary>Tells followers of the board about a sequenced fact, after its commit: only now can it be read from the table.</summary>
    public void TellSequenced(FactSeen seen)
    {
        var statement = seen.Statement;
        lock (_lock)
        {
            if (_unsequenced.TryGetValue(statement.Subject, out var waiting) && waiting.RemoveAll(w => w.Statement.Hash == statement.Hash) > 0 && waiting.Count == 0)
            {
                _unsequenced.Remove(statement.Subject);
            }
        }

        Tell(seen);
    }

    private void Tell(FactSeen seen)
    {
        FactTold?.Invoke(seen);
        if (seen.Statement.Subject != _origin)
        {
            SealChanged?.Invoke(seen.Statement.Subject);
        }
    }

    public void TakeHeartbeat(HeartbeatReceived beat)
    {
        if (beat.SealNumber is not { } seal)
        {
            return;
        }

        bool changed;
        lock (_lock)
        {
            var before = _presence.GetValueOrDefault(seal, Presence.None);
            var battery = beat.State.IntegerOrNull("battery") is { } percent ? (int)Math.Clamp(percent, 0, 100) : before.Battery;
            var mains = beat.State.TryGet("mains", out var m) && m.Kind == Evidence.Cbor.CborKind.Boolean ? m.AsBoolean() : before.Mains;
            _presence[seal] = new Presence(true, beat.At, battery, mains);

            // A beat every 15 s from every seal is no news; a browser's clock counts on by itself.
            changed = !before.Connected || before.Battery != battery || before.Mains != mains;
        }

        if (changed)
        {
            SealChanged?.Invoke(seal);
        }
    }

    public void TakeLink(LinkChanged link)
    {
        if (link.SealNumber is not { } seal)
        {
            return;
        }

        lock (_lock)
        {
            var before = _presence.GetValueOrDefault(seal, Presence.None);
            _presence[seal] = before with { Connected = link.Connected, LastSeen = link.At };
        }

        SealChanged?.Invoke(seal);
    }

    /// <summary>False when the live line has this fact already.</summary>
    private bool Remember(Statement fact, DateTimeOffset receivedAt)
    {
        if (!_recent.TryAdd(fact.Hash, (receivedAt, fact.Kind)))
        {
            return false;
        }

        _recentOrder.Enqueue(fact.Hash);
        if (_recentOrder.Count > RecentMax)
        {
            _recent.Remove(_recentOrder.Dequeue());
        }

        return true;
    }

    private string? KindOf(Digest hash) =>
        _recent.TryGetValue(hash, out var known) ? known.Kind
        : _log.Find(hash) is { } index && _log.ReadEntry(index) is { } bytes && Statement.TryParse(bytes.Span, out var statement, out _) == StatementVerdict.Valid
            ? statement!.Kind
            : null;

    public DateTimeOffset Now => _time.GetUtcNow();
}
