namespace Cinnabar.Ledger.Timestamps;

/// <summary>What a time-stamping authority may cost us.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TimestampLimits
{
    /// <summary>Longest answer, and longest token. 64 KiB: tokens with three certificates have 4 to 8 KiB.</summary>
    public const int AnswerMaxBytes = 64 << 10;

    /// <summary>How long an answer may take in all. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far the authority's clock may be from ours. Default 5 minutes: enough for a bad clock, too little for an old token.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}
