using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cinnabar.Station.Console;

/// <summary>Times as docs/formats/api.md writes them: UTC with milliseconds.</summary>
internal sealed class JsonTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
}
