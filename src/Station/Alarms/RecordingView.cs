using Cinnabar.Station.Media;

namespace Cinnabar.Station.Alarms;

/// <summary>The recording of an incident; docs/formats/api.md.</summary>
/// <param name="Stream">Name under /api/recordings.</param>
/// <param name="State">signed, unsigned or mismatch, over the parts from here to there.</param>
internal sealed record RecordingView(string Stream, DateTimeOffset From, DateTimeOffset Until, MediaState State, string Codec);
