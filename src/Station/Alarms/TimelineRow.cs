namespace Cinnabar.Station.Alarms;

/// <summary>A row of alarm_timeline.</summary>
internal sealed class TimelineRow
{
    public string Hash { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Issuer { get; set; } = "";

    public long AtMs { get; set; }

    public long ReceivedMs { get; set; }

    public long? Sequence { get; set; }
}
