using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Alarms;

/// <summary>One turn after the other: look at the clock, decide, commit, then let the warnings go. Not safe for concurrent use; tests drive it without a thread.</summary>
/// <remarks>
/// While the database cannot be written, the engine goes on in memory and keeps what is unwritten: better a warning that a
/// crash would forget than none. People are answered only when their answer is durable.
/// </remarks>
internal sealed class AlarmsEngine
{
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(1);
    private readonly AlarmsStore _store;
    private readonly WarningPlan _plan;
    private readonly AlarmsOptions _options;
    private readonly AlarmClock _clock;
    private readonly AlarmsBook _book = new();
    private readonly List<DecidedTurn> _unwritten = [];

    /// <param name="boot">Boot of the machine, see <see cref="ClockMark"/>.</param>
    public AlarmsEngine(AlarmsStore store, WarningPlan plan, AlarmsOptions options, TimeProvider time, string boot)
    {
        _store = store;
        _plan = plan;
        _options = options;
        _clock = new AlarmClock(time, boot);
        Outbox = new Outbox(options, time);
        Silence = new SilenceWatch(options, time);
    }

    public Outbox Outbox { get; }

    public SilenceWatch Silence { get; }

    /// <summary>Takes up what the last run left: due times, warnings that may not have gone out, seals under supervision.</summary>
    /// <returns>Warnings to send, under their old keys.</returns>
    public List<Warning> Resume()
    {
        var now = _clock.NowMs;
        var goesOn = _clock.GoOnFrom(_store.Clock());
        foreach (var incident in _store.OpenIncidents())
        {
            // The first step moves the due times along with whatever the clock did meanwhile, if that can be known.
            _book.Accept(goesOn ? incident : NotTooFar(incident, now));
        }

        foreach (var (seal, device, armed) in _store.Seals())
        {
            var missed = _book.Find(seal, IncidentClass.Silence)?.Causes.Contains(AlarmKind.HeartbeatMissed) == true;
            Silence.Resume(seal, device, armed, missed);
        }

        var pending = _store.PendingWarnings();
        pending.ForEach(Outbox.Add);
        return pending;
    }

    /// <summary>Decides the inputs and whatever is due, and makes it durable.</summary>
    public StepOutcome Step(IReadOnlyList<AlarmInput> inputs)
    {
        var turn = new AlarmsTurn(_book, Seen(inputs), _plan, _options, _clock.NowMs);
        var jump = _clock.TakeJump();
        if (jump != 0)
        {
            turn.MoveClock(jump);
        }

        foreach (var input in inputs)
        {
            turn.Take(input);
        }

        if (jump == 0)
        {
            // After a jump the steps wait for the next turn, which is at once and knows the moved due times.
            turn.TakeDue();
        }

        var decided = new DecidedTurn(
            turn, Results(turn), [.. turn.Quieted.SelectMany(Outbox.Of), .. turn.Warnings.SelectMany(Outbox.SupersededBy)]);
        var toSend = Accept(decided);
        if (!turn.IsEmpty)
        {
            _unwritten.Add(decided);
        }

        var (written, failure) = Write();
        return new StepOutcome(
            toSend, [.. written.SelectMany(t => t.Turn.Answers)],
            turn.Changed.Select(i => i.Id).Concat(turn.Stills.Select(s => s.Incident)).Concat(turn.Pictured).Concat(decided.Results.Select(r => r.Warning.Incident)).ToHashSet(StringComparer.Ordinal),
            failure);
    }

    /// <summary>How long nothing will be due; at most a second, so that a jump of the clock is noticed.</summary>
    public TimeSpan Rest()
    {
        var due = _book.NextDueMs is { } next ? TimeSpan.FromMilliseconds(Math.Max(0, next - _clock.NowMs)) : s_longestRest;
        return due < s_longestRest ? due : s_longestRest;
    }

    private (IReadOnlyList<DecidedTurn> Written, Exception? Failure) Write()
    {
        if (_unwritten.Count == 0)
        {
            return ([], null);
        }

        try
        {
            _store.Commit(_unwritten, _clock.Mark);
        }
        catch (SqliteException e)
        {
            return ([], e);
        }

        DecidedTurn[] written = [.. _unwritten];
        _unwritten.Clear();
        return (written, null);
    }

    private Func<string, bool> Seen(IReadOnlyList<AlarmInput> inputs)
    {
        var asked = inputs.OfType<FactInput>().Select(f => f.Fact.Statement).Where(s => AlarmsTurn.IsOnceOnly(s.Kind)).Select(s => s.Hash.ToString());
        HashSet<string> stored;
        try
        {
            stored = _store.Seen(asked);
        }
        catch (SqliteException)
        {
            // Nothing can be read: an alarm told twice is better than one not told.
            stored = [];
        }

        return hash => stored.Contains(hash) || _unwritten.Exists(t => t.Turn.Handled.Contains(hash));
    }

    private List<WarningResult> Results(AlarmsTurn turn)
    {
        var results = new List<WarningResult>();
        foreach (var input in turn.Results)
        {
            if (Outbox.Find(input.WarningKey) is { } warning)
            {
                results.Add(new WarningResult(warning, Outbox.After(warning, input.Result), input.Result, warning.Attempts + 1, input.CalledAtMs));
            }
        }

        return results;
    }

    private List<Warning> Accept(DecidedTurn decided)
    {
        foreach (var incident in decided.Turn.Changed)
        {
            _book.Accept(incident);
        }

        decided.Turn.Supervisions.ForEach(Silence.Apply);
        foreach (var result in decided.Results)
        {
            Outbox.Remove(result.Warning.Key);
            if (result.State == WarningState.Pending)
            {
                var again = result.Warning with { Attempts = result.Attempt };
                Outbox.Add(again);
                Outbox.Retry(again);
            }
        }

        foreach (var key in decided.Dropped)
        {
            Outbox.Remove(key);
        }

        decided.Turn.Warnings.ForEach(Outbox.Add);
        return [.. decided.Turn.Warnings, .. Outbox.TakeRetries()];
    }

    // A due time further ahead than the schedule's longest gap was written under a clock that has since gone back.
    private Incident NotTooFar(Incident incident, long now)
    {
        var latest = now + _options.ScheduleFor(incident.Class).LongestGapMs;
        return incident with
        {
            RepeatDueMs = incident.RepeatDueMs > latest ? now : incident.RepeatDueMs,
            EscalateDueMs = incident.EscalateDueMs > latest ? now : incident.EscalateDueMs,
        };
    }
}
