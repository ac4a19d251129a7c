namespace Cinnabar.Station.Alarms;

/// <summary>A picture a seal vouches for, as its media.still statement says.</summary>
internal sealed record Still(string Incident, string Hash, long OffsetMs, long Width, long Height, bool Thumbnail, long TakenMs);
