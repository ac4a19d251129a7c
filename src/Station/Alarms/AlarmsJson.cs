using System.Text.Json.Serialization;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>How the outbox keeps a notice until it is sent.</summary>
[JsonSerializable(typeof(Notice))]
internal sealed partial class AlarmsJson : JsonSerializerContext;
