namespace Cinnabar.Station.Alarms;

/// <summary>A statement that belongs to an incident.</summary>
internal sealed record TimelineEntry(
    string Incident, string Hash, string Kind, string Issuer, long AtMs, long ReceivedMs, long? Sequence);
