namespace Cinnabar.Station.Alarms;

/// <summary>A row of alarm_recording.</summary>
internal sealed class RecordingRow
{
    public string Stream { get; set; } = "";

    public long FromMs { get; set; }

    public long UntilMs { get; set; }

    public string Codec { get; set; } = "";
}
