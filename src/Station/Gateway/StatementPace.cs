namespace Cinnabar.Station.Gateway;

/// <summary>A token bucket of one second for one seal: a faster one is read more slowly, and nothing is refused.</summary>
internal sealed class StatementPace(int perSecondMax, TimeProvider time)
{
    private double _tokens = perSecondMax;
    private long _last = time.GetTimestamp();

    public async ValueTask AdmitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(perSecondMax, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecondMax));
        _last = now;
        if (_tokens < 1)
        {
            await Task.Delay(TimeSpan.FromSeconds((1 - _tokens) / perSecondMax), time, cancellationToken);
        }

        _tokens--;
    }
}
