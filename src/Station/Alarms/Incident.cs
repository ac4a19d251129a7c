using System.Collections.Immutable;

namespace Cinnabar.Station.Alarms;

/// <summary>One incident as it stands. Immutable; <see cref="IncidentMachine"/> makes the next from it.</summary>
internal sealed record Incident
{
    /// <summary>Derived from the first trigger's hash, so that the same statement can never open two.</summary>
    public required string Id { get; init; }

    public required string SealNumber { get; init; }

    public required IncidentClass Class { get; init; }

    /// <summary>Kind of the highest level so far; the first of it.</summary>
    public required string Kind { get; init; }

    public required int Level { get; init; }

    /// <summary>Hash of the trigger that raised the current episode.</summary>
    public required string TriggerHash { get; init; }

    /// <summary>Kinds whose condition lasts.</summary>
    public required ImmutableSortedSet<string> Causes { get; init; }

    public IncidentHandling Handling { get; init; } = IncidentHandling.Unacknowledged;

    public required long OpenedAtMs { get; init; }

    public int Episode { get; init; } = 1;

    /// <summary>Signed triggers so far, over all episodes.</summary>
    public int Triggers { get; init; } = 1;

    /// <summary>When the last trigger was taken in.</summary>
    public long LastTriggerMs { get; init; }

    /// <summary>Warnings said in this episode; one may go to several people.</summary>
    public int Round { get; init; }

    /// <summary>Warnings said over all episodes.</summary>
    public int Warnings { get; init; }

    public long LastWarnedAtMs { get; init; }

    /// <summary>Highest level of the escalation plan that was warned, from 1.</summary>
    public int PlanLevel { get; init; } = 1;

    /// <summary>When the warning is said again, UTC ms; null when nothing is due.</summary>
    public long? RepeatDueMs { get; init; }

    /// <summary>When the next level of the plan hears of it, UTC ms; null when there is none or nothing is due.</summary>
    public long? EscalateDueMs { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedAtMs { get; init; }

    public IncidentOutcome? Outcome { get; init; }

    public string? Note { get; init; }

    public IncidentCondition Condition => Causes.IsEmpty ? IncidentCondition.Cleared : IncidentCondition.Active;

    public bool IsOpen => Handling != IncidentHandling.Closed;

    /// <summary>The earliest of the two due times.</summary>
    public long? NextDueMs => (RepeatDueMs, EscalateDueMs) switch
    {
        ({ } r, { } e) => Math.Min(r, e),
        var (r, e) => r ?? e,
    };
}
