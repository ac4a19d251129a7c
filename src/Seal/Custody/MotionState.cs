namespace Cinnabar.Seal.Custody;

/// <summary>
/// The accelerometer's past in a few numbers. Times are those of the samples themselves
/// (<see cref="Moment.Edge"/>), because a kernel buffer hands over many samples at once.
/// </summary>
internal readonly record struct MotionState
{
    /// <summary>Mean of the last still stretch: what is subtracted to see movement. Null before the first sample.</summary>
    public Acceleration? Gravity { get; init; }

    /// <summary>Attitude when armed; null while settling.</summary>
    public Acceleration? Baseline { get; init; }

    /// <summary>No baseline is taken before this time.</summary>
    public DateTimeOffset SettleUntil { get; init; }

    public Acceleration StillMean { get; init; }

    public int StillCount { get; init; }

    public DateTimeOffset StillSince { get; init; }

    public bool TiltRaised { get; init; }

    public bool InBurst { get; init; }

    public DateTimeOffset BurstStart { get; init; }

    public DateTimeOffset BurstLast { get; init; }

    /// <summary>Largest dynamic acceleration of the burst, m/s².</summary>
    public double Peak { get; init; }

    /// <summary>0 = light so far, 1 = impact recorded, 2 = strong impact recorded.</summary>
    public int BurstLevel { get; init; }

    /// <summary>First sample of the current stretch above the impact threshold.</summary>
    public DateTimeOffset? OverSince { get; init; }

    public DateTimeOffset OverLast { get; init; }

    public MotionState WithoutBurst() => this with
    {
        InBurst = false,
        Peak = 0,
        BurstLevel = 0,
        OverSince = null,
    };

    /// <summary>The device may hang differently from now on: learn its attitude anew.</summary>
    public MotionState Relearn(DateTimeOffset settleUntil) => WithoutBurst() with
    {
        Baseline = null,
        SettleUntil = settleUntil,
        StillCount = 0,
        TiltRaised = false,
    };
}
