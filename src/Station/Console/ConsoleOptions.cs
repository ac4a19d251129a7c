using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Console;

/// <summary>Accounts, sessions and the live feed; section "Console".</summary>
internal sealed class ConsoleOptions
{
    /// <summary>How long a session lives without use. Default 12 h: one shift.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Wrong passwords before an account rests. Default 5.</summary>
    [Range(1, 100)]
    public int FailuresMax { get; set; } = 5;

    /// <summary>How long it rests. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lockout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Live feeds open at a time; more are answered 503. Default 500.</summary>
    [Range(1, 100_000)]
    public int FeedsMax { get; set; } = 500;

    /// <summary>Events waiting for one slow browser before its feed is closed; it then resumes. Default 1,000.</summary>
    [Range(16, 100_000)]
    public int FeedQueueMax { get; set; } = 1_000;

    /// <summary>Events kept for browsers that come back. Default 4,000: some minutes of a storm.</summary>
    [Range(16, 1_000_000)]
    public int FeedMemory { get; set; } = 4_000;

    /// <summary>Gap between ticks of a feed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Refused accesses stated a minute; the rest is counted in the next one. Default 30: a scanner must not fill the log.</summary>
    [Range(1, 10_000)]
    public int RefusalsPerMinuteMax { get; set; } = 30;
}
