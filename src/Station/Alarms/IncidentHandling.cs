using System.Text.Json.Serialization;

namespace Cinnabar.Station.Alarms;

/// <summary>Second axis: what people did about it. Only people change it, and a new trigger takes an acknowledgement back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentHandling>))]
internal enum IncidentHandling
{
    [JsonStringEnumMemberName("unacknowledged")]
    Unacknowledged = 1,

    [JsonStringEnumMemberName("acknowledged")]
    Acknowledged = 2,

    [JsonStringEnumMemberName("closed")]
    Closed = 3,
}
