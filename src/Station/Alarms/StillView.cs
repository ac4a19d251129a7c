namespace Cinnabar.Station.Alarms;

/// <summary>A picture of an incident; docs/formats/api.md.</summary>
/// <param name="State">signed, unsigned or mismatch.</param>
internal sealed record StillView(string Hash, long OffsetMs, int Width, int Height, bool Thumbnail, string State, DateTimeOffset TakenAt);
