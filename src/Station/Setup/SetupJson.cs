using System.Text.Json.Serialization;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Setup;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CourtIdentity))]
internal sealed partial class SetupJson : JsonSerializerContext;
