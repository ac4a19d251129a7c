namespace Cinnabar.Station.Console;

/// <summary>A picture of an incident can be shown.</summary>
/// <param name="Incident">Incident id.</param>
/// <param name="OffsetMs">When it was taken, against the trigger.</param>
/// <param name="Thumbnail">The small one that is sent first.</param>
internal sealed record StillEvent(string Incident, string Hash, long OffsetMs, bool Thumbnail);
