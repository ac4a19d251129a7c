namespace Cinnabar.Uplink;

/// <summary>How long to wait before connecting again: full jitter below a bound that doubles.</summary>
/// <remarks>
/// Thousands of seals lose one station in the same moment; only a delay spread over the whole of the bound keeps them
/// from coming back in one. A connection that breaks soon after it was made does not count as health, or a station that
/// accepts and kicks would be asked every second. Not thread-safe. Source: docs/formats/uplink.md, last paragraph.
/// </remarks>
/// <param name="limits">Bounds.</param>
/// <param name="random">Uniform in [0, 1).</param>
/// <param name="time">Measures health.</param>
public sealed class UplinkClientDelay(UplinkLimits limits, Func<double> random, TimeProvider time)
{
    private TimeSpan _bound = limits.ReconnectFirst;
    private TimeSpan? _asked;
    private long _healthySince;
    private bool _healthy;

    /// <summary>The station answered the hello.</summary>
    public void Connected() => (_healthy, _healthySince) = (true, time.GetTimestamp());

    /// <summary>The station asked to be left alone for this long; this overrides the next delay, within an hour.</summary>
    public void Later(TimeSpan retry) => _asked = TimeSpan.FromTicks(Math.Clamp(retry.Ticks, 0, TimeSpan.TicksPerHour));

    /// <summary>The connection is gone or was not made: the time to wait now.</summary>
    public TimeSpan Next()
    {
        if (_healthy && time.GetElapsedTime(_healthySince) >= limits.ReconnectResetAfter)
        {
            _bound = limits.ReconnectFirst;
        }

        _healthy = false;
        if (_asked is { } asked)
        {
            // Jitter above what was asked for: a station tells everybody the same time.
            _asked = null;
            return asked + (_bound * random());
        }

        var delay = _bound * random();
        _bound = _bound * 2 < limits.ReconnectMax ? _bound * 2 : limits.ReconnectMax;
        return delay;
    }
}
