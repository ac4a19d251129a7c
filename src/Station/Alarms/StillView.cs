using Cinnabar.Station.Media;

namespace Cinnabar.Station.Alarms;

/// <summary>A picture of an incident; docs/formats/api.md.</summary>
internal sealed record StillView(string Hash, long OffsetMs, int Width, int Height, bool Thumbnail, MediaState State, DateTimeOffset TakenAt);
