namespace Cinnabar.Station.Alarms;

/// <summary>Tells who listens that an incident changed: the console pushes it to browsers. After the commit, never before.</summary>
internal sealed class IncidentChanges
{
    /// <summary>Incident id. Handlers return at once; they are called on the follower's own turn.</summary>
    public event Action<string>? Changed;

    public void Publish(string incident) => Changed?.Invoke(incident);
}
