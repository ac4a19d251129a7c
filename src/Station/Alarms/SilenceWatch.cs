namespace Cinnabar.Station.Alarms;

/// <summary>Notices that an armed seal stopped reporting. Counts on the monotonic clock, so no clock change makes silence. Not safe for concurrent use.</summary>
internal sealed class SilenceWatch(AlarmsOptions options, TimeProvider time)
{
    private readonly Dictionary<string, Watched> _seals = new(StringComparer.Ordinal);

    /// <summary>A seal known before this start: when it is armed, it has the start's grace to report.</summary>
    public void Resume(string sealNumber, string device, bool armed, bool missed) =>
        _seals[sealNumber] = new Watched(device) { IsArmed = armed, SeenAt = time.GetTimestamp(), Limit = options.StartGrace, Missed = missed };

    public void Apply(Supervision change)
    {
        if (!_seals.TryGetValue(change.SealNumber, out var watched))
        {
            _seals[change.SealNumber] = watched = new Watched("");
        }

        watched.Device = change.Device ?? watched.Device;
        if (change.Armed == true && !watched.IsArmed)
        {
            watched.SeenAt = time.GetTimestamp();
            watched.Limit = options.SilenceLimit;
            watched.Missed = false;
        }

        watched.IsArmed = change.Armed ?? watched.IsArmed;
    }

    /// <summary>A sign of life.</summary>
    /// <returns>True when the seal had been missed.</returns>
    public bool Beat(string sealNumber, string device)
    {
        if (!_seals.TryGetValue(sealNumber, out var watched))
        {
            return false;
        }

        var wasMissed = watched.Missed;
        watched.Device = device;
        watched.SeenAt = time.GetTimestamp();
        watched.Limit = options.SilenceLimit;
        watched.Missed = false;
        return wasMissed;
    }

    /// <summary>Seals that fell silent since the last call, each once.</summary>
    public List<(string SealNumber, string Device, TimeSpan Silence)> TakeMissed()
    {
        var missed = new List<(string, string, TimeSpan)>();
        foreach (var (number, watched) in _seals)
        {
            var silence = time.GetElapsedTime(watched.SeenAt);
            if (watched.IsArmed && !watched.Missed && silence >= watched.Limit)
            {
                watched.Missed = true;
                missed.Add((number, watched.Device, silence));
            }
        }

        return missed;
    }

    private sealed class Watched(string device)
    {
        public string Device { get; set; } = device;

        public bool IsArmed { get; set; }

        public long SeenAt { get; set; }

        public TimeSpan Limit { get; set; }

        public bool Missed { get; set; }
    }
}
