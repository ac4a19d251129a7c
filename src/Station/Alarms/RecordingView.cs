using Cinnabar.Station.Media;

namespace Cinnabar.Station.Alarms;

/// <summary>The recording of an incident; docs/formats/api.md.</summary>
/// <param name="State">signed: every part counted here stands in a manifest of the seal.</param>
internal sealed record RecordingView(string Stream, DateTimeOffset From, DateTimeOffset Until, MediaState State, string Codec);
