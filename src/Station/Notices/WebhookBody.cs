using System.Text.Json.Serialization;

namespace Cinnabar.Station.Notices;

/// <summary>What a webhook receiver reads; documented in docs/design/alarms.md.</summary>
internal sealed record WebhookBody(
    string Key, string Incident, string Kind, int Level, int Round, string SealNumber, string CaseNumber, string Place,
    DateTimeOffset At, Uri? Link, string? LogMark, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
