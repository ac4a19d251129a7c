namespace Cinnabar.Seal.Camera;

/// <summary>
/// Keeps an encoder running while power is wanted: starts it on a thread of its own, which no busy thread pool can delay,
/// restarts it with back-off when it dies or stalls, and takes the power away when the time held is over. Thread safe.
/// </summary>
internal sealed class EncoderLoop : IDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(250);

    // An encoder that lived this long was healthy; only then does the back-off begin anew.
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly CameraOptions _options;
    private readonly TimeProvider _time;
    private readonly HealthBoard _health;
    private readonly EncoderSinks _sinks;
    private readonly Thread _thread;
    private ITimer? _watch;
    private EncoderRun? _run;
    private uint _streams;
    private bool _wanted;
    private bool _over;
    private (long Since, TimeSpan Length)? _hold;

    internal EncoderLoop(CameraOptions options, TimeProvider time, HealthBoard health, EncoderSinks sinks)
    {
        _options = options;
        _time = time;
        _health = health;
        _sinks = sinks;
        _thread = new(Loop) { IsBackground = true, Name = "camera" };
    }

    /// <summary>ffmpeg's process id while one runs, else 0.</summary>
    internal int ProcessId
    {
        get
        {
            lock (_gate) return _run?.ProcessId ?? 0;
        }
    }

    /// <summary>Wants power, for good or until <paramref name="hold"/> after the last call. A back-off in progress is cut short. Does not block.</summary>
    internal void PowerOn(TimeSpan? hold)
    {
        lock (_gate)
        {
            if (_over) return;
            _wanted = true;
            _hold = hold is { } length ? (_time.GetTimestamp(), length) : null;
            if (_watch is null)
            {
                _watch = _time.CreateTimer(_ => Watch(), null, WatchEvery, WatchEvery);
                _thread.Start();
            }
        }
        _wake.Set();
    }

    /// <summary>Wants no power. Does not block.</summary>
    internal void PowerOff()
    {
        EncoderRun? run;
        lock (_gate)
        {
            _wanted = false;
            run = _run;
        }
        if (run is not null) _ = Task.Run(run.Stop);
        _wake.Set();
    }

    /// <summary>Takes the power away and waits until the child is gone.</summary>
    public void Dispose()
    {
        bool started;
        lock (_gate)
        {
            _over = true;
            started = _watch is not null;
            _watch?.Dispose();
        }
        PowerOff();
        if (started) _thread.Join();
        _wake.Dispose();
    }

    private void Watch()
    {
        EncoderRun? run;
        bool expired;
        lock (_gate)
        {
            run = _run;
            // Decided under the lock: a trigger that comes now is either seen here or starts the encoder again.
            expired = _wanted && _hold is { } hold && _time.GetElapsedTime(hold.Since) >= hold.Length;
            if (expired) _wanted = false;
        }
        if (expired) run?.Stop();
        else run?.CheckStall();
    }

    private void Loop()
    {
        TimeSpan pause = _options.RestartPause;
        while (true)
        {
            bool wanted, over;
            lock (_gate) (wanted, over) = (_wanted, _over);
            if (over) break;
            if (!wanted)
            {
                _health.Off();
                _sinks.OnPowerOff();
                _wake.WaitOne();
                continue;
            }
            long started = _time.GetTimestamp();
            string? failure = RunOnce();
            _sinks.OnStreamEnd();
            if (failure is null) continue;
            _health.Failed(failure, restarts: true);
            if (_time.GetElapsedTime(started) >= HealthyAfter) pause = _options.RestartPause;
            _wake.WaitOne(pause);
            pause = pause * 2 < _options.RestartPauseMax ? pause * 2 : _options.RestartPauseMax;
        }
        _health.Off();
        _sinks.OnPowerOff();
    }

    // Null when the end was asked for.
    private string? RunOnce()
    {
        using EncoderRun run = new(_options, ++_streams, _time, _sinks.OnFragment, _sinks.OnStill);
        _health.Starting(_streams);
        lock (_gate)
        {
            if (!_wanted) return null;
            _run = run;
        }
        try
        {
            string ending = run.Execute();
            return run.StopWanted ? null : ending;
        }
        catch (Exception e)
        {
            // The camera's thread must outlive whatever goes wrong with one encoder; the reason is on show.
            return e is IOException or UnauthorizedAccessException ? e.Message : $"{e.GetType().Name}: {e.Message}";
        }
        finally
        {
            lock (_gate) _run = null;
        }
    }
}
