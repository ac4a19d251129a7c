namespace Cinnabar.Seal.Camera;

/// <summary>Those who wait for the first frame after an instant. Thread safe.</summary>
internal sealed class FirstFrames(TimeProvider time)
{
    private const int WaitersMax = 64;

    private readonly Lock _gate = new();
    private readonly List<(long After, TaskCompletionSource<TimeSpan?> Done)> _waiters = [];

    /// <summary>Time from <paramref name="after"/> to the first frame at or after it; null when the camera is switched off before.</summary>
    internal Task<TimeSpan?> After(long after)
    {
        TaskCompletionSource<TimeSpan?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiters.Count == WaitersMax)
            {
                _waiters[0].Done.TrySetResult(null);
                _waiters.RemoveAt(0);
            }
            _waiters.Add((after, done));
        }
        return done.Task;
    }

    internal void Frame(CaptureTime captured)
    {
        lock (_gate)
        {
            for (int i = _waiters.Count - 1; i >= 0; i--)
            {
                if (captured.Monotonic < _waiters[i].After) continue;
                _waiters[i].Done.TrySetResult(time.GetElapsedTime(_waiters[i].After, captured.Monotonic));
                _waiters.RemoveAt(i);
            }
        }
    }

    internal void Off()
    {
        lock (_gate)
        {
            foreach ((_, TaskCompletionSource<TimeSpan?> done) in _waiters) done.TrySetResult(null);
            _waiters.Clear();
        }
    }
}
