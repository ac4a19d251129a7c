namespace Cinnabar.Seal.Camera;

/// <summary>Keeps the still frames, serves the triggers that wait for pictures, and notices a blinded camera. Thread safe.</summary>
internal sealed class StillWatch : IDisposable
{
    /// <summary>Triggers served at once; a further one shares the newest, for forty taps are one incident (design.md 6).</summary>
    internal const int CapturesMax = 8;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly HealthBoard _health;
    private readonly StillRing _ring;
    private readonly BlindDetector _blind;
    private readonly List<StillCapture> _captures = [];

    internal StillWatch(CameraOptions options, TimeProvider time, HealthBoard health)
    {
        _time = time;
        _health = health;
        _ring = new(time);
        _blind = new(options.StillsPerSecond * 2); // two seconds
    }

    /// <summary>Begins choosing pictures for a trigger; the work is done on another thread.</summary>
    internal StillCapture Capture(long trigger)
    {
        StillCapture capture;
        lock (_gate)
        {
            _captures.RemoveAll(c => c.Stills.IsCompleted);
            if (_captures.Count == CapturesMax) return _captures[^1];
            capture = new(_time, _ring, trigger);
            _captures.Add(capture);
        }
        _ = Task.Run(capture.Look);
        return capture;
    }

    internal void Frame(StillFrame frame)
    {
        _ring.Add(frame);
        _health.Blind(_blind.IsBlind(frame.Gray.Span));
        StillCapture[] captures;
        lock (_gate)
        {
            _captures.RemoveAll(c => c.Stills.IsCompleted);
            captures = [.. _captures];
        }
        foreach (StillCapture capture in captures) capture.Look();
    }

    /// <summary>Closes every window with what there is.</summary>
    public void Dispose()
    {
        StillCapture[] captures;
        lock (_gate) captures = [.. _captures];
        foreach (StillCapture capture in captures) capture.Dispose();
    }
}
