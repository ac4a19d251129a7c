namespace Cinnabar.Station.Alarms;

/// <summary>Decides what an input means for an incident. Pure: time, plan and schedule are inputs.</summary>
/// <remarks>docs/design/alarms.md draws the two axes. Every due time is a member of the result, so it is stored with it.</remarks>
internal static class IncidentMachine
{
    private const int IdDigits = 20;

    /// <summary>First trigger of a seal's class: one warning now, two timers set.</summary>
    public static IncidentStep Open(Trigger trigger, NagSchedule schedule, long nowMs)
    {
        var incident = new Incident
        {
            Id = trigger.Hash[..IdDigits],
            SealNumber = trigger.SealNumber,
            Class = trigger.Kind.Class,
            Kind = trigger.Kind.Kind,
            Level = trigger.Level,
            TriggerHash = trigger.Hash,
            Causes = trigger.Kind.Lasts ? [trigger.Kind.Kind] : [],
            OpenedAtMs = nowMs,
            LastTriggerMs = nowMs,
        };
        return new IncidentStep(Warned(incident, schedule, nowMs) with { EscalateDueMs = checked(nowMs + schedule.EscalateEveryMs) }, new WarnOrder(1, 1, 1), IncidentStep.Opened);
    }

    /// <summary>A further trigger on an incident that is not closed.</summary>
    public static IncidentStep Trigger(Incident incident, Trigger trigger, NagSchedule schedule, long nowMs)
    {
        var rises = trigger.Level > incident.Level;
        var next = incident with
        {
            Triggers = incident.Triggers + 1,
            LastTriggerMs = nowMs,
            Causes = trigger.Kind.Lasts ? incident.Causes.Add(trigger.Kind.Kind) : incident.Causes,
            Kind = rises ? trigger.Kind.Kind : incident.Kind,
            Level = rises ? trigger.Level : incident.Level,
        };
        if (incident.Handling == IncidentHandling.Acknowledged)
        {
            return NewEpisode(next, trigger, schedule, nowMs);
        }

        // Forty taps are forty signed events and one nagging: only a rise of the level is worth another push.
        if (!rises)
        {
            return new IncidentStep(next);
        }

        next = Warned(next, schedule, nowMs);
        return new IncidentStep(next, new WarnOrder(1, next.PlanLevel, next.Round), IncidentStep.Raised);
    }

    /// <summary>The seal says that a cause is over. Nobody is let off: cleared but unacknowledged still nags.</summary>
    public static IncidentStep Clear(Incident incident, string kind)
    {
        var next = incident with { Causes = incident.Causes.Remove(kind) };
        var isOver = incident.Condition == IncidentCondition.Active && next.Condition == IncidentCondition.Cleared;
        return new IncidentStep(next, Says: isOver ? IncidentStep.Cleared : null);
    }

    /// <summary>Somebody answers for it: repeats stop, the incident does not. Again by another person changes nothing.</summary>
    public static IncidentStep Acknowledge(Incident incident, string by, long nowMs) => new(
        incident.Handling != IncidentHandling.Unacknowledged ? incident : Quiet(incident) with
        {
            Handling = IncidentHandling.Acknowledged,
            AcknowledgedBy = by,
            AcknowledgedAtMs = nowMs,
        });

    /// <summary>It ends with an outcome; whoever closes it has acknowledged it.</summary>
    public static IncidentStep Close(Incident incident, IncidentOutcome outcome, string? note, string by, long nowMs) => new(
        Acknowledge(incident, by, nowMs).Next with { Handling = IncidentHandling.Closed, Outcome = outcome, Note = note });

    /// <summary>A due time has come. Does nothing before it, so calling once too often is harmless.</summary>
    /// <param name="planLevels">Levels the escalation plan has for this seal.</param>
    public static IncidentStep Due(Incident incident, int planLevels, NagSchedule schedule, long nowMs)
    {
        if (incident.Handling != IncidentHandling.Unacknowledged)
        {
            return new IncidentStep(Quiet(incident));
        }

        var repeats = incident.RepeatDueMs <= nowMs;
        var escalates = incident.EscalateDueMs <= nowMs;
        if (!repeats && !escalates)
        {
            return new IncidentStep(incident);
        }

        var next = incident;
        if (escalates)
        {
            next = Escalated(next, planLevels, schedule, nowMs);
        }

        if (repeats)
        {
            next = Warned(next, schedule, nowMs);
            return new IncidentStep(next, new WarnOrder(1, next.PlanLevel, next.Round));
        }

        return next.PlanLevel > incident.PlanLevel
            ? new IncidentStep(next with { Warnings = next.Warnings + 1 }, new WarnOrder(next.PlanLevel, next.PlanLevel, next.Round))
            : new IncidentStep(next);
    }

    private static IncidentStep NewEpisode(Incident incident, Trigger trigger, NagSchedule schedule, long nowMs)
    {
        var earliest = checked(incident.LastWarnedAtMs + schedule.MinimumGapMs);
        // A warning stamped in the future comes from a clock that has since gone back; it must not hold this one up.
        var holdsBack = nowMs < earliest && incident.LastWarnedAtMs <= nowMs;
        var next = incident with
        {
            Handling = IncidentHandling.Unacknowledged,
            AcknowledgedBy = null,
            AcknowledgedAtMs = null,
            TriggerHash = trigger.Hash,
            Episode = incident.Episode + 1,
            Round = 0,
            PlanLevel = 1,
            RepeatDueMs = holdsBack ? earliest : null,
            EscalateDueMs = checked((holdsBack ? earliest : nowMs) + schedule.EscalateEveryMs),
        };
        return holdsBack
            ? new IncidentStep(next, Says: IncidentStep.Raised)
            : new IncidentStep(Warned(next, schedule, nowMs), new WarnOrder(1, 1, 1), IncidentStep.Raised);
    }

    private static Incident Escalated(Incident incident, int planLevels, NagSchedule schedule, long nowMs)
    {
        var level = Math.Min(incident.PlanLevel + 1, Math.Max(planLevels, incident.PlanLevel));
        return incident with
        {
            PlanLevel = level,
            EscalateDueMs = level < planLevels ? After(incident.EscalateDueMs!.Value, schedule.EscalateEveryMs, nowMs) : null,
        };
    }

    private static Incident Warned(Incident incident, NagSchedule schedule, long nowMs)
    {
        var round = incident.Round + 1;
        // Counted from when it was due, so that small delays do not add up.
        var from = incident.RepeatDueMs is { } due && due <= nowMs ? due : nowMs;
        return incident with
        {
            Round = round,
            Warnings = incident.Warnings + 1,
            LastWarnedAtMs = nowMs,
            RepeatDueMs = After(from, schedule.GapAfter(round), nowMs),
        };
    }

    // What was missed while the station was down is said once, not once for each time.
    private static long After(long due, long gap, long nowMs) => checked(due + gap > nowMs ? due + gap : nowMs + gap);

    private static Incident Quiet(Incident incident) => incident with { RepeatDueMs = null, EscalateDueMs = null };
}
