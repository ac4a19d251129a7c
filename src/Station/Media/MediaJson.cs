using System.Text.Json.Serialization;

namespace Cinnabar.Station.Media;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ViewerMessage))]
internal sealed partial class MediaJson : JsonSerializerContext;
