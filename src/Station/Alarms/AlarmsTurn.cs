using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Alarms;

/// <summary>Decides a batch of inputs against the book and collects what is to be written: one turn, one commit.</summary>
/// <remarks>Changes nothing outside itself. Time is fixed for the turn.</remarks>
internal sealed class AlarmsTurn(AlarmsBook book, Func<string, bool> seen, WarningPlan plan, AlarmsOptions options, long nowMs)
{
    private readonly Dictionary<string, Incident> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Seal, IncidentClass Class), string> _opened = [];
    private readonly HashSet<string> _handled = new(StringComparer.Ordinal);

    public long NowMs => nowMs;

    public IReadOnlyCollection<Incident> Changed => _changed.Values;

    /// <summary>Statements that changed something; they never will again.</summary>
    public IReadOnlyCollection<string> Handled => _handled;

    public List<Warning> Warnings { get; } = [];

    /// <summary>Incidents whose waiting warnings nobody needs any more.</summary>
    public HashSet<string> Quieted { get; } = new(StringComparer.Ordinal);

    public List<OwedFact> Owed { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public List<Still> Stills { get; } = [];

    /// <summary>Incidents of whose seal a picture has arrived.</summary>
    public HashSet<string> Pictured { get; } = new(StringComparer.Ordinal);

    public List<ResultInput> Results { get; } = [];

    public List<ReportInput> Reports { get; } = [];

    /// <summary>Seals that came under or left supervision, in order.</summary>
    public List<Supervision> Supervisions { get; } = [];

    /// <summary>Answers to people, to be given after the commit.</summary>
    public List<Action> Answers { get; } = [];

    /// <summary>Nothing to write and nobody to answer.</summary>
    public bool IsEmpty => _changed.Count + _handled.Count + Timeline.Count + Stills.Count
        + Results.Count + Reports.Count + Supervisions.Count + Answers.Count == 0;

    public void Take(AlarmInput input)
    {
        switch (input)
        {
            case FactInput fact: TakeFact(fact.Fact); break;
            case AcknowledgeInput acknowledge: TakeAcknowledgement(acknowledge); break;
            case CloseInput close: TakeClosing(close); break;
            case ResultInput result: Results.Add(result); break;
            case ReportInput report: Reports.Add(report); Answers.Add(report.Done.SetResult); break;
        }
    }

    /// <summary>Takes the steps that are due.</summary>
    public void TakeDue()
    {
        foreach (var id in book.DueBy(nowMs))
        {
            var incident = Find(id)!;
            Apply(incident, IncidentMachine.Due(incident, plan.Levels(incident.SealNumber), options.ScheduleFor(incident.Class), nowMs));
        }
    }

    /// <summary>Moves every due time along with a wall clock that jumped.</summary>
    public void MoveClock(long jumpMs)
    {
        foreach (var incident in book.Open)
        {
            _changed[incident.Id] = incident with
            {
                RepeatDueMs = incident.RepeatDueMs + jumpMs,
                EscalateDueMs = incident.EscalateDueMs + jumpMs,
                LastWarnedAtMs = incident.LastWarnedAtMs + jumpMs,
                LastTriggerMs = incident.LastTriggerMs + jumpMs,
            };
        }
    }

    /// <summary>Whether a statement of this kind must not count twice; all else is stored under its own hash and may come again.</summary>
    public static bool IsOnceOnly(string kind) => AlarmKind.Find(kind) is not null || AlarmKind.EndedBy(kind).Any();

    private void TakeFact(Fact fact)
    {
        var statement = fact.Statement;
        var hash = statement.Hash.ToString();
        if (IsOnceOnly(statement.Kind) && (seen(hash) || !_handled.Add(hash)))
        {
            return;
        }

        switch (statement.Kind)
        {
            case "order.installed": Supervisions.Add(new Supervision(statement.Subject, statement.Body.TextOrNull("device"), null)); break;
            case "order.armed": Supervisions.Add(new Supervision(statement.Subject, null, true)); break;
            case "order.disarmed" or "order.lifted": Supervisions.Add(new Supervision(statement.Subject, null, false)); break;
            case "media.still": TakeStill(statement); break;
            case "media.manifest": break;
            case "media.received" or "media.mismatch" when OpenOf(statement.Subject) is { } incident: Pictured.Add(incident.Id); break;
            default: TakeAlarm(statement, hash); break;
        }

        if (statement.Kind != "media.manifest")
        {
            AddToTimeline(fact, hash);
        }
    }

    private void TakeAlarm(Statement statement, string hash)
    {
        if (AlarmKind.Find(statement.Kind) is { } kind && kind.LevelOf(statement.Body.IntegerOrNull("level")) is > 0 and var level)
        {
            var trigger = new Trigger(hash, statement.Subject, kind, level);
            var schedule = options.ScheduleFor(kind.Class);
            if (Find(trigger.SealNumber, kind.Class) is { } incident)
            {
                Apply(incident, IncidentMachine.Trigger(incident, trigger, schedule, nowMs));
            }
            else
            {
                var step = IncidentMachine.Open(trigger, schedule, nowMs);
                _opened[(trigger.SealNumber, kind.Class)] = step.Next.Id;
                Apply(step.Next, step);
            }
        }

        foreach (var ended in AlarmKind.EndedBy(statement.Kind))
        {
            if (Find(statement.Subject, ended.Class) is { } incident)
            {
                Apply(incident, IncidentMachine.Clear(incident, ended.Kind));
            }
        }
    }

    private void TakeAcknowledgement(AcknowledgeInput input)
    {
        if (Find(input.Incident) is not { IsOpen: true } incident)
        {
            Answers.Add(() => input.Done.SetResult(HandlingAnswer.NotOpen));
            return;
        }

        if (incident.Handling == IncidentHandling.Unacknowledged)
        {
            Apply(incident, IncidentMachine.Acknowledge(incident, input.By, nowMs));
            Owe(incident, input.By, "incident.acknowledged", ("incident", CborValue.Text(incident.Id)), ("via", CborValue.Text(input.Via)));
        }

        Answers.Add(() => input.Done.SetResult(HandlingAnswer.Done));
    }

    private void TakeClosing(CloseInput input)
    {
        if (Find(input.Incident) is not { IsOpen: true } incident)
        {
            Answers.Add(() => input.Done.SetResult(HandlingAnswer.NotOpen));
            return;
        }

        Apply(incident, IncidentMachine.Close(incident, input.Outcome, input.Note, input.By, nowMs));
        // The note may name people, so the statement holds its hash; the note is the station's record.
        var note = input.Note is null ? null : CborValue.Bytes(Digest.Of(System.Text.Encoding.UTF8.GetBytes(input.Note)));
        Owe(incident, input.By, "incident.closed",
            ("incident", CborValue.Text(incident.Id)), ("outcome", CborValue.Text(OutcomeNames.Of(input.Outcome))), ("note", note));
        Answers.Add(() => input.Done.SetResult(HandlingAnswer.Done));
    }

    private void TakeStill(Statement statement)
    {
        var trigger = statement.Body.TryGet("trigger", out var value) && value.Kind == CborKind.Bytes ? value.AsBytes() : default;
        if (statement.Data is null || trigger.IsEmpty || OpenOf(statement.Subject) is not { } incident)
        {
            return;
        }

        Stills.Add(new Still(
            incident.Id, statement.Data.Digest.ToString(), statement.Body.IntegerOrNull("offset_ms") ?? 0,
            statement.Body.IntegerOrNull("width") ?? 0, statement.Body.IntegerOrNull("height") ?? 0,
            statement.Body.TryGet("thumbnail", out var small) && small.Kind == CborKind.Boolean && small.AsBoolean(),
            statement.Body.IntegerOrNull("captured_ms") ?? statement.TimeMs));
        _changed.TryAdd(incident.Id, incident);
    }

    private void AddToTimeline(Fact fact, string hash)
    {
        var statement = fact.Statement;
        var named = statement.Body.TextOrNull("incident") is { } id ? Find(id)?.Id ?? id : null;
        var incidents = named is not null ? [named] : Enum.GetValues<IncidentClass>().Select(c => Find(statement.Subject, c)?.Id).OfType<string>();
        foreach (var incident in incidents)
        {
            Timeline.Add(new TimelineEntry(
                incident, hash, statement.Kind, statement.Issuer, statement.TimeMs, fact.ReceivedAt.ToUnixTimeMilliseconds(), statement.Chain?.Sequence));
        }
    }

    private void Apply(Incident before, IncidentStep step)
    {
        _changed[before.Id] = step.Next;
        if (before.Handling == IncidentHandling.Unacknowledged && step.Next.Handling != IncidentHandling.Unacknowledged)
        {
            Quieted.Add(before.Id);
        }

        if (step.Warn is { } order)
        {
            Quieted.Remove(before.Id);
            Warnings.AddRange(plan.Warnings(step.Next, order, nowMs));
        }

        if (step.Says is { } kind)
        {
            Owe(step.Next, null, kind,
                ("incident", CborValue.Text(step.Next.Id)), ("trigger", CborValue.Bytes(Convert.FromHexString(step.Next.TriggerHash))),
                ("level", CborValue.Integer(step.Next.Level)), ("episode", CborValue.Integer(step.Next.Episode)));
        }
    }

    private void Owe(Incident incident, string? officer, string kind, params (string Key, CborValue? Value)[] body) =>
        Owed.Add(new OwedFact(0, officer, incident.SealNumber, kind, CborValue.Map(body).Encode(), null));

    // Pictures are told under the gravest incident of the seal; a faulty battery gets none while somebody is at the door.
    private Incident? OpenOf(string sealNumber) => Find(sealNumber, IncidentClass.Intrusion) ?? Find(sealNumber, IncidentClass.Security);

    private Incident? Find(string id) => _changed.GetValueOrDefault(id) ?? book.Find(id);

    private Incident? Find(string sealNumber, IncidentClass incidentClass)
    {
        var id = _opened.TryGetValue((sealNumber, incidentClass), out var fresh) ? fresh : book.Find(sealNumber, incidentClass)?.Id;
        return id is not null && Find(id) is { IsOpen: true } incident ? incident : null;
    }
}
