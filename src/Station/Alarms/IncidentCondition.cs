using System.Text.Json.Serialization;

namespace Cinnabar.Station.Alarms;

/// <summary>First axis: what the seal says about its cause. Only statements change it, never a person.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentCondition>))]
internal enum IncidentCondition
{
    [JsonStringEnumMemberName("active")]
    Active = 1,

    [JsonStringEnumMemberName("cleared")]
    Cleared = 2,
}
