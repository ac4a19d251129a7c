using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// What is to be heard: the looped siren and a line of voices, mixed on demand. Callers change it from
/// any thread and never wait longer than one mix of a few periods.
/// </summary>
internal sealed class AudioMixer(PcmClip siren, AudioOptions options, TimeProvider time, Action<AudioEvent> emit)
{
    /// <summary>Priority of an officer's own voice: above every recorded stage.</summary>
    public const int TalkPriority = 10;

    /// <summary>Phrases that may wait behind the one being spoken.</summary>
    private const int MaxWaiting = 8;

    private readonly Lock _gate = new();
    private readonly List<Voice> _voices = [];
    private readonly List<(PcmClip Clip, Moment Requested, int Loudness)> _started = [];
    private bool _sirenOn;
    private bool _sirenStarted;
    private int _sirenPosition;
    private int _sirenLoudness;
    private Moment _sirenRequested;

    public bool IsActive
    {
        get
        {
            lock (_gate)
            {
                return _sirenOn || _voices.Count > 0;
            }
        }
    }

    /// <summary>False when it already was so; one that sounds goes on at the loudness.</summary>
    /// <param name="loudness">In % of full scale, 0…100; what the configuration allows at most stays the limit.</param>
    public bool SetSiren(bool on, int loudness = 100)
    {
        lock (_gate)
        {
            _sirenLoudness = loudness;
            if (_sirenOn == on)
            {
                return false;
            }

            _sirenOn = on;
            _sirenRequested = Moment.Of(time);
            if (!on && _sirenStarted)
            {
                emit(new AudioEvent.Ended(_sirenRequested, siren, Complete: false));
            }

            (_sirenStarted, _sirenPosition) = (false, 0);
            return true;
        }
    }

    /// <summary>
    /// Speaks the clips one after another. A higher priority cuts lower ones short; the same stage, or a
    /// lower one, is refused while one is being spoken, so that two triggers do not speak twice. Talk
    /// waits its turn behind talk.
    /// </summary>
    /// <param name="loudness">In % of full scale, 0…100.</param>
    public bool Say(int priority, IReadOnlyList<PcmClip> clips, int loudness = 100)
    {
        lock (_gate)
        {
            var highest = _voices.Count == 0 ? -1 : _voices.Max(voice => voice.Priority);
            if (clips.Count == 0
                || priority < highest
                || (priority == highest && (priority < TalkPriority || _voices.Count >= MaxWaiting)))
            {
                return false;
            }

            if (priority > highest)
            {
                CutVoices();
            }

            _voices.Add(new Voice(priority, clips, Moment.Of(time), loudness));
            return true;
        }
    }

    public void StopVoice()
    {
        lock (_gate)
        {
            CutVoices();
        }
    }

    /// <summary>
    /// Fills the frames; silence where nothing plays. Returns how many frames carry sound: fewer than
    /// asked means that all is quiet after them.
    /// </summary>
    public int Mix(Span<short> frames)
    {
        frames.Clear();
        lock (_gate)
        {
            var spoken = 0;
            while (spoken < frames.Length && _voices.Count > 0)
            {
                spoken += MixVoice(frames[spoken..]);
            }

            if (!_sirenOn)
            {
                return spoken;
            }

            MixSiren(frames, spoken);
            return frames.Length;
        }
    }

    /// <summary>Tells of every sound whose first frames were in the mixes since the last call: call it when they were written.</summary>
    public void Written()
    {
        lock (_gate)
        {
            if (_started.Count == 0)
            {
                return;
            }

            var now = Moment.Of(time);
            foreach (var (clip, requested, loudness) in _started)
            {
                emit(new AudioEvent.Started(now, clip, requested, loudness));
            }

            _started.Clear();
        }
    }

    private int SirenPercent => Math.Min(options.SirenPercent, _sirenLoudness);

    private int MixVoice(Span<short> frames)
    {
        var voice = _voices[0];
        var clip = voice.Clips[voice.Index];
        if (voice.Position == 0)
        {
            _started.Add((clip, voice.Requested, voice.Loudness));
        }

        var count = Math.Min(frames.Length, clip.Samples.Length - voice.Position);
        var samples = clip.Samples.Slice(voice.Position, count);
        for (var index = 0; index < count; index++)
        {
            frames[index] = (short)(samples[index] * voice.Loudness / 100);
        }

        voice.Position += count;
        if (voice.Position == clip.Samples.Length)
        {
            emit(new AudioEvent.Ended(Moment.Of(time), clip, Complete: true));
            (voice.Index, voice.Position) = (voice.Index + 1, 0);
            if (voice.Index == voice.Clips.Count)
            {
                _voices.RemoveAt(0);
            }
        }

        return count;
    }

    private void MixSiren(Span<short> frames, int ducked)
    {
        if (!_sirenStarted)
        {
            _sirenStarted = true;
            _started.Add((siren, _sirenRequested, SirenPercent));
        }

        var (alone, under) = (SirenPercent, options.DuckedSirenPercent * _sirenLoudness / 100);

        for (var index = 0; index < frames.Length; index++)
        {
            var percent = index < ducked ? under : alone;
            var sum = frames[index] + (siren.Samples[_sirenPosition] * percent / 100);
            frames[index] = (short)Math.Clamp(sum, short.MinValue, short.MaxValue);
            _sirenPosition = (_sirenPosition + 1) % siren.Samples.Length;
        }
    }

    private void CutVoices()
    {
        if (_voices is [{ } current, ..] && current is { Position: > 0 } or { Index: > 0 })
        {
            emit(new AudioEvent.Ended(Moment.Of(time), current.Clips[current.Index], Complete: false));
        }

        _voices.Clear();
    }

    private sealed class Voice(int priority, IReadOnlyList<PcmClip> clips, Moment requested, int loudness)
    {
        public int Priority { get; } = priority;

        public IReadOnlyList<PcmClip> Clips { get; } = clips;

        public Moment Requested { get; } = requested;

        public int Loudness { get; } = loudness;

        public int Index { get; set; }

        public int Position { get; set; }
    }
}
