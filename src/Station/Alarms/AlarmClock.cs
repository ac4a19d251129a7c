namespace Cinnabar.Station.Alarms;

/// <summary>The wall clock, watched by the one that nobody can set.</summary>
/// <remarks>
/// Due times are stored as UTC so that they mean something after a restart. A jump of the wall clock is noticed against the
/// monotonic clock before any due time is looked at, and the due times are moved along; so is one that came while the
/// program was down, as long as the machine was up. Not safe for concurrent use.
/// </remarks>
internal sealed class AlarmClock
{
    // Smaller differences are a clock being slewed; following them costs nothing and says nothing.
    private const long SlewMs = 1_000;
    private readonly TimeProvider _time;
    private readonly string _boot;

    /// <param name="boot">Boot of the machine.</param>
    public AlarmClock(TimeProvider time, string boot)
    {
        (_time, _boot) = (time, boot);
        Mark = Now();
    }

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What the clocks showed when they were last compared.</summary>
    public ClockMark Mark { get; private set; }

    /// <summary>Compares from where another run stopped comparing.</summary>
    /// <returns>False when the machine has been started anew since: nothing is left to compare with.</returns>
    public bool GoOnFrom(ClockMark? mark)
    {
        var goesOn = mark?.Boot == _boot && mark.MonotonicMs <= Mark.MonotonicMs;
        Mark = goesOn ? mark! : Mark;
        return goesOn;
    }

    /// <summary>How far the wall clock jumped since the last call, in ms; 0 when it did not.</summary>
    public long TakeJump()
    {
        var (before, now) = (Mark, Now());
        var jump = (now.WallMs - before.WallMs) - (now.MonotonicMs - before.MonotonicMs);
        Mark = now;
        return Math.Abs(jump) > SlewMs ? jump : 0;
    }

    private ClockMark Now() => new(_boot, NowMs, (long)_time.GetElapsedTime(0, _time.GetTimestamp()).TotalMilliseconds);
}
