namespace Cinnabar.Station.Alarms;

/// <summary>A row of alarm_incident with its timers.</summary>
internal sealed class IncidentRow
{
    public string Id { get; set; } = "";

    public string Seal { get; set; } = "";

    public IncidentClass Class { get; set; }

    public string Kind { get; set; } = "";

    public int Level { get; set; }

    public string TriggerHash { get; set; } = "";

    public string Causes { get; set; } = "";

    public IncidentHandling Handling { get; set; }

    public long OpenedMs { get; set; }

    public int Episode { get; set; }

    public int Triggers { get; set; }

    public long LastTriggerMs { get; set; }

    public int Round { get; set; }

    public int Warnings { get; set; }

    public long LastWarnedMs { get; set; }

    public int PlanLevel { get; set; }

    public string? AcknowledgedBy { get; set; }

    public long? AcknowledgedMs { get; set; }

    public IncidentOutcome? Outcome { get; set; }

    public string? Note { get; set; }

    public long? RepeatDue { get; set; }

    public long? EscalateDue { get; set; }

    public Incident ToIncident() => new()
    {
        Id = Id,
        SealNumber = Seal,
        Class = Class,
        Kind = Kind,
        Level = Level,
        TriggerHash = TriggerHash,
        Causes = [.. Causes.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        Handling = Handling,
        OpenedAtMs = OpenedMs,
        Episode = Episode,
        Triggers = Triggers,
        LastTriggerMs = LastTriggerMs,
        Round = Round,
        Warnings = Warnings,
        LastWarnedAtMs = LastWarnedMs,
        PlanLevel = PlanLevel,
        AcknowledgedBy = AcknowledgedBy,
        AcknowledgedAtMs = AcknowledgedMs,
        Outcome = Outcome,
        Note = Note,
        RepeatDueMs = RepeatDue,
        EscalateDueMs = EscalateDue,
    };
}
