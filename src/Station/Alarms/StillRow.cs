namespace Cinnabar.Station.Alarms;

/// <summary>A row of alarm_still.</summary>
internal sealed class StillRow
{
    public string Hash { get; set; } = "";

    public long OffsetMs { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public bool Thumbnail { get; set; }

    public long TakenMs { get; set; }
}
