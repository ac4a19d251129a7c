using System.Threading.Channels;

namespace Cinnabar.Seal.Camera;

/// <summary>
/// The camera as the rest of the seal sees it. No member blocks or throws, whatever the source, ffmpeg or a slow reader
/// does: trouble is a <see cref="CameraHealth"/>. Thread safe.
/// </summary>
internal sealed class DoorCamera : IAsyncDisposable
{
    // A quarter of an hour of GOPs: the journal that signs manifests may be busy, but not for longer.
    private const int ManifestsMax = 900;

    private readonly CameraOptions _options;
    private readonly TimeProvider _time;
    private readonly HealthBoard _health;
    private readonly FragmentRing _ring;
    private readonly LiveFeed _feed;
    private readonly StillWatch _stills;
    private readonly FirstFrames _first;
    private readonly GopDigest _digest = new();
    private readonly Channel<GopManifest> _manifests;
    private readonly EncoderLoop? _loop;
    private long _manifestsLost;
    private volatile bool _armed;

    /// <summary>Makes a camera; nothing is started. Wrong settings make it <see cref="CameraState.Failed"/> for good.</summary>
    internal DoorCamera(CameraOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _health = new(time);
        _first = new(time);
        _ring = new(time, TimeSpan.FromSeconds(options.RingSeconds), options.RingBytesMax);
        _feed = new(_ring, Math.Max(64, options.FramesPerSecond * 3));
        _stills = new(options, time, _health);
        _manifests = Channel.CreateBounded<GopManifest>(
            new BoundedChannelOptions(ManifestsMax) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _manifestsLost));
        IReadOnlyList<string> problems = options.Problems();
        if (problems.Count > 0) _health.Failed("camera settings: " + string.Join(' ', problems), restarts: false);
        else _loop = new(options, time, _health, new(OnFragment, _stills.Frame, OnStreamEnd, _first.Off));
    }

    /// <summary>State now.</summary>
    internal CameraHealth Health => _health.Current;

    /// <summary>Every change of state; a reader that sleeps loses the oldest. Completes when the camera is disposed.</summary>
    internal ChannelReader<CameraHealth> HealthChanges => _health.Changes;

    /// <summary>One manifest per GOP, ready to be signed. Completes when the camera is disposed.</summary>
    internal ChannelReader<GopManifest> Manifests => _manifests.Reader;

    /// <summary>Manifests nobody took in time; their fragments will show as unsigned.</summary>
    internal long ManifestsLost => Interlocked.Read(ref _manifestsLost);

    /// <summary>Video held in memory.</summary>
    internal TimeSpan RingHeld => _ring.Held;

    /// <summary>ffmpeg's process id while one runs, else 0.</summary>
    internal int EncoderProcessId => _loop?.ProcessId ?? 0;

    /// <summary>The seal is armed: powers the camera now (<see cref="CameraPower.Always"/>) or lets triggers do it.</summary>
    internal void Start()
    {
        _armed = true;
        if (_options.Powered == CameraPower.Always) _loop?.PowerOn(hold: null);
    }

    /// <summary>The legal basis ended, or an authorised opening began: no picture is taken until <see cref="Start"/>, trigger or not.</summary>
    internal void Stop()
    {
        _armed = false;
        _loop?.PowerOff();
    }

    /// <summary>Something happened at the door, or the court asks for pictures: powers the camera if need be and has pictures chosen.</summary>
    /// <param name="timestamp">The instant, by the seal's <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal CameraTrigger Trigger(long timestamp)
    {
        if (!_armed || _loop is null)
        {
            return new(timestamp, false, Task.FromResult<TimeSpan?>(null), Task.FromResult<Still?>(null), Task.FromResult(new StillSet(null, [])));
        }
        bool powered = Health.State is CameraState.Running or CameraState.Blind;
        Task<TimeSpan?> first = _first.After(timestamp);
        // Also when always powered: it cuts a back-off short.
        _loop.PowerOn(_options.Powered == CameraPower.OnTrigger ? _options.HoldAfterTrigger : null);
        StillCapture capture = _stills.Capture(timestamp);
        return new(timestamp, powered, first, capture.Thumbnail, capture.Stills);
    }

    /// <summary>Time from <paramref name="timestamp"/> to the first video frame at or after it; null when the camera is switched off before.</summary>
    internal Task<TimeSpan?> FirstFrameAfter(long timestamp) =>
        _armed && _loop is not null ? _first.After(timestamp) : Task.FromResult<TimeSpan?>(null);

    /// <summary>The video around a trigger, from the last IDR frame ten seconds before it; see <see cref="FragmentRing.Freeze"/>.</summary>
    internal IReadOnlyList<VideoClip> Freeze(long trigger) => _ring.Freeze(trigger);

    /// <summary>Joins the live picture with the current GOP; dispose to leave. See <see cref="LiveSubscription"/> for slow readers.</summary>
    internal LiveSubscription Subscribe() => _feed.Subscribe();

    /// <summary>Stops, waits until ffmpeg is gone, and completes everything that is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        _armed = false;
        if (_loop is not null) await Task.Run(_loop.Dispose);
        _stills.Dispose();
        _first.Off();
        _manifests.Writer.TryComplete();
        _health.Complete();
    }

    private void OnFragment(VideoFragment fragment)
    {
        _feed.Publish(fragment);
        if (fragment.IsInit) return;
        _health.Frame(); // before those who wait for the frame, who will ask
        _first.Frame(fragment.Captured);
        Emit(_digest.Add(fragment));
    }

    private void OnStreamEnd()
    {
        _ring.EndStream();
        Emit(_digest.Flush());
    }

    private void Emit(GopManifest? manifest)
    {
        if (manifest is not null) _manifests.Writer.TryWrite(manifest);
    }
}
