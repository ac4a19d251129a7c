using System.Text.Json.Serialization;

namespace Cinnabar.Station.Alarms;

/// <summary>How an incident ended, docs/formats/api.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentOutcome>))]
internal enum IncidentOutcome
{
    [JsonStringEnumMemberName("attended")]
    Attended = 1,

    [JsonStringEnumMemberName("policeCalled")]
    PoliceCalled = 2,

    [JsonStringEnumMemberName("maintenance")]
    Maintenance = 3,

    [JsonStringEnumMemberName("authorised")]
    Authorised = 4,

    [JsonStringEnumMemberName("falseAlarm")]
    FalseAlarm = 5,

    [JsonStringEnumMemberName("other")]
    Other = 6,
}
