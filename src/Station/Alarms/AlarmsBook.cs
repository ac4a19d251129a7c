namespace Cinnabar.Station.Alarms;

/// <summary>The incidents that are not closed, in memory: exactly what the last commit holds. Only the follower changes it.</summary>
internal sealed class AlarmsBook
{
    private readonly Dictionary<string, Incident> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Seal, IncidentClass Class), string> _bySeal = [];
    private readonly SortedSet<(long DueMs, string Id)> _due = [];

    public IEnumerable<Incident> Open => _byId.Values;

    /// <summary>When the next step is due, UTC ms; null when nothing is.</summary>
    public long? NextDueMs => _due.Count > 0 ? _due.Min.DueMs : null;

    public Incident? Find(string id) => _byId.GetValueOrDefault(id);

    public Incident? Find(string sealNumber, IncidentClass incidentClass) =>
        _bySeal.TryGetValue((sealNumber, incidentClass), out var id) ? _byId[id] : null;

    public List<string> DueBy(long nowMs) => [.. _due.TakeWhile(d => d.DueMs <= nowMs).Select(d => d.Id)];

    /// <summary>Takes over what a commit made durable.</summary>
    public void Accept(Incident incident)
    {
        if (_byId.TryGetValue(incident.Id, out var before) && before.NextDueMs is { } due)
        {
            _due.Remove((due, incident.Id));
        }

        if (!incident.IsOpen)
        {
            _byId.Remove(incident.Id);
            _bySeal.Remove((incident.SealNumber, incident.Class));
            return;
        }

        _byId[incident.Id] = incident;
        _bySeal[(incident.SealNumber, incident.Class)] = incident.Id;
        if (incident.NextDueMs is { } next)
        {
            _due.Add((next, incident.Id));
        }
    }
}
