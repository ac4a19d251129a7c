namespace Cinnabar.Station.Alarms;

/// <summary>The wall clock, watched by the one that nobody can set.</summary>
/// <remarks>
/// Due times are stored as UTC so that they mean something after a restart. While the program runs, a jump of the wall
/// clock is noticed against the monotonic clock before any due time is looked at, and the due times are moved along.
/// Not safe for concurrent use.
/// </remarks>
internal sealed class AlarmClock
{
    // Smaller differences are a clock being slewed; following them costs nothing and says nothing.
    private const long SlewMs = 1_000;
    private readonly TimeProvider _time;
    private long _wallMs;
    private long _stamp;

    public AlarmClock(TimeProvider time)
    {
        _time = time;
        Rebase();
    }

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>How far the wall clock jumped since the last call, in ms; 0 when it did not.</summary>
    public long TakeJump()
    {
        var expected = _wallMs + (long)_time.GetElapsedTime(_stamp).TotalMilliseconds;
        var jump = NowMs - expected;
        Rebase();
        return Math.Abs(jump) > SlewMs ? jump : 0;
    }

    private void Rebase()
    {
        _wallMs = NowMs;
        _stamp = _time.GetTimestamp();
    }
}
