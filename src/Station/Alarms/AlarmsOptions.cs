using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Alarms;

/// <summary>When and how long the station nags. Section <c>Alarms</c>.</summary>
internal sealed class AlarmsOptions : IValidatableObject
{
    /// <summary>First repeats, counted from the first warning of an episode, ascending. Left empty: 30 s and 60 s (domain 2.4).</summary>
    public IList<TimeSpan> FirstRepeats { get; } = [];

    /// <summary>Gap between later repeats. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time before the next level of the escalation plan is warned. Default 90 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan EscalateAfter { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>A new trigger on an acknowledged incident warns at once unless the last warning is younger than this. Default 30 s: many taps must not become many messages.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MinimumGap { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gap between warnings about wear and faults, which wake nobody. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MaintenanceEvery { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Silence after which an armed seal is an incident. Default 35 s: two heartbeats of 15 s and 5 s (monitoring G8).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>After its own start the station gives every seal this long to report. Default 45 s: three heartbeats.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a phone link works after it was sent. Default 24 h, in which an incident is to be closed (domain 2.4).</summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan LinkLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Attempts for one warning while its provider does not answer; the next repeat is a new warning. Default 3.</summary>
    [Range(1, 10)]
    public int AttemptsPerWarning { get; set; } = 3;

    /// <summary>Pause between those attempts. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AttemptPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time zone of the times in warnings, IANA name. Default Asia/Shanghai.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Whom every incident is told to, whatever the order says: the duty desk. Also the only ones for a seal without order.</summary>
    public IList<DutyContact> Duty { get; } = [];

    /// <summary>How often the auditor looks. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AuditEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How far a step may be overdue before the auditor raises its own alarm. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan AuditTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>File whose time the auditor renews while all is well; a watchdog outside looks at it. None: no file.</summary>
    public string? DeadManFile { get; set; }

    /// <summary>Address the auditor calls (GET) while all is well; a watchdog outside misses the call. None: no call.</summary>
    public Uri? DeadManUrl { get; set; }

    public NagSchedule ScheduleFor(IncidentClass incidentClass)
    {
        var gap = Ms(MinimumGap);
        return incidentClass == IncidentClass.Maintenance
            ? new NagSchedule([], Ms(MaintenanceEvery), Math.Max(Ms(EscalateAfter), checked(4 * Ms(MaintenanceEvery))), gap)
            : new NagSchedule(FirstRepeats.Count > 0 ? [.. FirstRepeats.Select(Ms)] : [30_000, 60_000], Ms(Every), Ms(EscalateAfter), gap);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < FirstRepeats.Count; i++)
        {
            if (FirstRepeats[i] <= (i == 0 ? TimeSpan.Zero : FirstRepeats[i - 1]) || FirstRepeats[i] > TimeSpan.FromHours(1))
            {
                yield return new ValidationResult("Alarms:FirstRepeats must ascend from above zero to at most an hour.", [nameof(FirstRepeats)]);
            }
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult($"Alarms:TimeZone {TimeZone} is unknown on this machine.", [nameof(TimeZone)]);
        }

        if (DeadManUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("Alarms:DeadManUrl must be an absolute http or https address.", [nameof(DeadManUrl)]);
        }

        foreach (var contact in Duty.Where(d => d.Address.Length == 0 || d.Channel.Length == 0 || d.PlanLevel is < 1 or > 9))
        {
            yield return new ValidationResult($"Alarms:Duty: {contact.Name} needs Channel, Address and a PlanLevel of 1 to 9.", [nameof(Duty)]);
        }
    }

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;
}
