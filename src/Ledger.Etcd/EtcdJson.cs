using System.Globalization;
using System.Text.Json;

namespace Cinnabar.Ledger.Etcd;

/// <summary>Reads what the gateway writes: 64-bit numbers as text, bytes as base64, and nothing at all for zero.</summary>
internal static class EtcdJson
{
    /// <exception cref="JsonException">It is there and no number.</exception>
    public static long Number(JsonElement element, string name)
    {
        if (Child(element, name) is not { } child)
        {
            return 0;
        }

        var text = child.ValueKind == JsonValueKind.String ? child.GetString() : child.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException($"{name} is no number.");
    }

    /// <summary>As it stands: a cluster's id has 64 bits and no sign.</summary>
    public static string TextOr(JsonElement element, string name, string otherwise) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } child ? child.GetString()! : otherwise;

    /// <exception cref="JsonException">It is missing.</exception>
    public static string Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } child ? child.GetString()! : throw new JsonException($"{name} is missing.");

    /// <exception cref="JsonException">It is there and not base64.</exception>
    public static byte[] Bytes(JsonElement element, string name)
    {
        if (Child(element, name) is not { } child)
        {
            return [];
        }

        return child.ValueKind == JsonValueKind.String && child.TryGetBytesFromBase64(out var bytes) ? bytes : throw new JsonException($"{name} is not base64.");
    }

    public static bool Flag(JsonElement element, string name) => Child(element, name) is { ValueKind: JsonValueKind.True };

    public static JsonElement? Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : null;

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Array } child ? child.EnumerateArray() : [];
}
