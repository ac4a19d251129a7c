using System.Text.Json.Serialization;
using Cinnabar.Registry.Cases;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.Statutes;

namespace Cinnabar.Registry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CourtCodes.CourtRow[]))]
[JsonSerializable(typeof(PeriodTable.PeriodRow[]))]
[JsonSerializable(typeof(StatuteTable.StatuteDocument))]
[JsonSerializable(typeof(NoticeTable.NoticeDocument))]
[JsonSerializable(typeof(VoiceTable.VoiceDocument))]
internal sealed partial class RegistryJson : JsonSerializerContext;
