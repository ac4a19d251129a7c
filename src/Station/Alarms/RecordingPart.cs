namespace Cinnabar.Station.Alarms;

/// <summary>Part of a recording a seal vouches for, as its media.manifest statement says.</summary>
internal sealed record RecordingPart(string Incident, string Stream, long FromMs, long UntilMs, string Codec);
