namespace Cinnabar.Station.Alarms;

/// <summary>What one input made of an incident.</summary>
/// <param name="Says">Kind of the station's own statement about it (incident.opened, incident.raised, incident.cleared), or null.</param>
internal readonly record struct IncidentStep(Incident Next, WarnOrder? Warn = null, string? Says = null)
{
    public const string Opened = "incident.opened";

    public const string Raised = "incident.raised";

    public const string Cleared = "incident.cleared";
}
