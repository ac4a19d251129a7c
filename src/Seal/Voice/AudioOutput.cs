using System.Runtime.InteropServices;
using System.Threading.Channels;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// The loudspeaker. A warm aplay waits on its standard input, so an alarm costs one write: nothing is
/// opened, started or synthesised when it counts. One thread of its own mixes, paces by the monotonic
/// clock (ALSA's null device would swallow everything at once) and replaces an aplay that died or hangs.
/// All public members return at once and may be called from any thread.
/// </summary>
internal sealed class AudioOutput : IDisposable
{
    private static readonly TimeSpan IdleCheck = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(5);

    private readonly AudioOptions _options;
    private readonly TimeProvider _time;
    private readonly AudioMixer _mixer;
    private readonly Channel<AudioEvent> _events = Channel.CreateUnbounded<AudioEvent>();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly short[] _lead;
    private volatile bool _disposed;
    private Player? _player;
    private TimeSpan _pause;
    private long _playerSince;
    private bool? _working;

    public AudioOutput(AudioOptions options, TimeProvider time)
    {
        if (options.Errors() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _time = time;
        _mixer = new AudioMixer(SirenTone.Generate(), options, time, Emit);
        _lead = new short[options.LeadFrames];
        _thread = new Thread(Run) { IsBackground = true, Name = "loudspeaker", Priority = ThreadPriority.AboveNormal };
    }

    /// <summary>What was played, when, and how the player fares. Unbounded: a slow reader never delays sound.</summary>
    public ChannelReader<AudioEvent> Events => _events.Reader;

    /// <summary>Process id of the waiting aplay, or null while there is none.</summary>
    public int? PlayerProcessId => Volatile.Read(ref _player)?.ProcessId;

    /// <summary>Starts the thread and, from it, the first aplay.</summary>
    public void Start() => _thread.Start();

    /// <inheritdoc cref="AudioMixer.SetSiren"/>
    public void SetSiren(bool on, int loudness = 100)
    {
        if (_mixer.SetSiren(on, loudness))
        {
            _wake.Set();
        }
    }

    /// <inheritdoc cref="AudioMixer.Say"/>
    public bool Say(int priority, IReadOnlyList<PcmClip> clips, int loudness = 100)
    {
        var accepted = _mixer.Say(priority, clips, loudness);
        if (accepted)
        {
            _wake.Set();
        }

        return accepted;
    }

    public void StopVoice() => _mixer.StopVoice();

    public void Dispose()
    {
        _disposed = true;
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        // The wake-up event is left to the collector: a trigger arriving late must not meet a disposed object.
        _events.Writer.TryComplete();
    }

    private void Run()
    {
        WarmUp();
        while (!_disposed)
        {
            if (_player is { HasExited: true } dead)
            {
                Failed("aplay ended: " + dead.Reason());
            }

            if (_player is null)
            {
                StartPlayer();
            }
            else if (_mixer.IsActive)
            {
                Play();
            }
            else
            {
                _wake.WaitOne(IdleCheck);
                ReportSettled();
            }
        }

        _player?.Dispose();
    }

    /// <summary>Compiles the hot path on a mixer nobody hears, so that the first alarm does not pay for it.</summary>
    private void WarmUp()
    {
        var clip = SirenTone.Generate();
        var mixer = new AudioMixer(clip, _options, _time, static _ => { });
        mixer.SetSiren(true);
        mixer.Say(1, [clip]);
        mixer.Mix(_lead);
        mixer.Written();
        mixer.StopVoice();
    }

    private void StartPlayer()
    {
        // After a failure at the start the next attempt waits; a player that had served is replaced at once.
        if (_pause > TimeSpan.Zero)
        {
            _wake.WaitOne(_pause);
        }

        _playerSince = _time.GetTimestamp();
        try
        {
            var player = Player.Start(_options);
            player.TryWrite([]);
            Volatile.Write(ref _player, player);
        }
        catch (IOException error)
        {
            Failed(error.Message);
        }
    }

    private void Failed(string why)
    {
        var served = _time.GetElapsedTime(_playerSince) > Settled;
        _pause = served ? TimeSpan.Zero : _pause == TimeSpan.Zero ? FirstPause : _pause * 2 < LastPause ? _pause * 2 : LastPause;
        var old = _player;
        Volatile.Write(ref _player, null);
        old?.Dispose();
        Report(working: false, why);
    }

    /// <summary>aplay without a usable device starts, and ends a moment later: only one that stays counts as working.</summary>
    private void ReportSettled()
    {
        if (_working != true && _player is { HasExited: false } && _time.GetElapsedTime(_playerSince) > Settled)
        {
            _pause = TimeSpan.Zero;
            Report(working: true, "aplay waits on " + _options.Device);
        }
    }

    private void Play()
    {
        try
        {
            var begin = _time.GetTimestamp();
            long written = 0;
            var sounding = true;
            while (sounding && !_disposed)
            {
                // The first round writes the whole lead at once, which fills ALSA's buffer and starts it.
                var due = (long)(_time.GetElapsedTime(begin).TotalSeconds * PcmClip.Rate) + _options.LeadFrames;
                var frames = (int)Math.Min(due - written, _lead.Length);
                frames -= frames % _options.PeriodFrames;
                if (frames > 0)
                {
                    sounding = _mixer.Mix(_lead.AsSpan(0, frames)) == frames;
                    WriteAll(_lead.AsSpan(0, frames));
                    _mixer.Written();
                    written += frames;
                    ReportSettled();
                }

                if (sounding)
                {
                    _wake.WaitOne(TimeSpan.FromMilliseconds(5));
                }
            }

            Flush();
        }
        catch (IOException error)
        {
            Failed(error.Message);
        }
    }

    /// <summary>A buffer of silence pushes the last sound out of ALSA's buffer and of aplay's half-read period.</summary>
    private void Flush()
    {
        var silence = _lead.AsSpan(0, _options.BufferFrames + _options.PeriodFrames - (_options.BufferFrames % _options.PeriodFrames));
        silence.Clear();
        WriteAll(silence);
    }

    private void WriteAll(ReadOnlySpan<short> frames)
    {
        var bytes = MemoryMarshal.AsBytes(frames);
        var progress = _time.GetTimestamp();
        while (!bytes.IsEmpty && !_disposed)
        {
            var count = _player!.TryWrite(bytes);
            bytes = bytes[count..];
            if (count > 0)
            {
                progress = _time.GetTimestamp();
            }
            else if (_time.GetElapsedTime(progress) > StallLimit)
            {
                throw new IOException("aplay takes no samples: the sound device hangs");
            }
            else
            {
                Thread.Sleep(2);
            }
        }
    }

    private void Report(bool working, string detail)
    {
        // A player that keeps failing is told once, not every five seconds.
        if (_working != working)
        {
            _working = working;
            Emit(new AudioEvent.Health(Moment.Of(_time), working, detail));
        }
    }

    private void Emit(AudioEvent happened) => _events.Writer.TryWrite(happened);
}
