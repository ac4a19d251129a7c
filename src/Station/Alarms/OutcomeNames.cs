namespace Cinnabar.Station.Alarms;

/// <summary>Outcomes as statements and the API write them.</summary>
internal static class OutcomeNames
{
    public static string Of(IncidentOutcome outcome) => outcome switch
    {
        IncidentOutcome.Attended => "attended",
        IncidentOutcome.PoliceCalled => "policeCalled",
        IncidentOutcome.Maintenance => "maintenance",
        IncidentOutcome.Authorised => "authorised",
        IncidentOutcome.FalseAlarm => "falseAlarm",
        _ => "other",
    };
}
