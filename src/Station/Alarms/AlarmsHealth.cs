namespace Cinnabar.Station.Alarms;

/// <summary>What the auditor last found. Replaced as a whole; safe to read from anywhere.</summary>
/// <param name="Trouble">null when all is well, else what is not, in words for the operator.</param>
internal sealed record AlarmsHealth(DateTimeOffset CheckedAt, string? Trouble)
{
    public bool IsWell => Trouble is null;
}
