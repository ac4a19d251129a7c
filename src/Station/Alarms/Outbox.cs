using System.Collections.Concurrent;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>The warnings that still have to go out, in memory. Only the engine changes it; senders ask whether one is still wanted.</summary>
internal sealed class Outbox(AlarmsOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Warning> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Incident, string Contact), string> _latest = [];
    private readonly Dictionary<string, HashSet<string>> _byIncident = new(StringComparer.Ordinal);
    private readonly List<(long Stamp, Warning Warning)> _retries = [];

    public bool IsWanted(string key) => _pending.ContainsKey(key);

    public Warning? Find(string key) => _pending.GetValueOrDefault(key);

    /// <summary>Warnings that a later one to the same contact about the same incident makes needless.</summary>
    public IEnumerable<string> SupersededBy(Warning warning) =>
        _latest.TryGetValue((warning.Incident, warning.Contact.Id), out var key) && key != warning.Key && _pending.ContainsKey(key) ? [key] : [];

    public IEnumerable<string> Of(string incident) => _byIncident.TryGetValue(incident, out var keys) ? [.. keys] : [];

    public void Add(Warning warning)
    {
        _pending[warning.Key] = warning;
        _latest[(warning.Incident, warning.Contact.Id)] = warning.Key;
        if (!_byIncident.TryGetValue(warning.Incident, out var keys))
        {
            _byIncident[warning.Incident] = keys = new HashSet<string>(StringComparer.Ordinal);
        }

        keys.Add(warning.Key);
    }

    public void Remove(string key)
    {
        if (!_pending.TryRemove(key, out var warning))
        {
            return;
        }

        if (_latest.TryGetValue((warning.Incident, warning.Contact.Id), out var latest) && latest == key)
        {
            _latest.Remove((warning.Incident, warning.Contact.Id));
        }

        if (_byIncident.TryGetValue(warning.Incident, out var keys) && keys.Remove(key) && keys.Count == 0)
        {
            _byIncident.Remove(warning.Incident);
        }
    }

    /// <summary>Where a warning stands after an attempt: pending again while its provider is only out of reach and attempts are left.</summary>
    public WarningState After(Warning warning, DeliveryResult result) => result.Outcome switch
    {
        DeliveryOutcome.HandedOff => WarningState.HandedOff,
        DeliveryOutcome.Refused => WarningState.Refused,
        _ when warning.Attempts + 1 < options.AttemptsPerWarning && IsWanted(warning.Key) => WarningState.Pending,
        DeliveryOutcome.TimedOut => WarningState.TimedOut,
        _ => WarningState.Unreachable,
    };

    public void Retry(Warning warning)
    {
        _pending[warning.Key] = warning;
        _retries.Add((time.GetTimestamp(), warning));
    }

    /// <summary>Warnings whose pause between attempts is over.</summary>
    public List<Warning> TakeRetries()
    {
        var due = _retries.FindAll(r => time.GetElapsedTime(r.Stamp) >= options.AttemptPause);
        _retries.RemoveAll(due.Contains);
        return [.. due.Select(r => r.Warning).Where(w => IsWanted(w.Key))];
    }
}
