namespace Cinnabar.Station.Alarms;

/// <summary>How an officer ends an incident; docs/formats/api.md.</summary>
/// <param name="Note">Required with falseAlarm; up to 2000 characters.</param>
internal sealed record Closing(IncidentOutcome Outcome, string? Note)
{
    public const int NoteMax = 2_000;
}
