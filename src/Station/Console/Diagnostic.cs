using System.Globalization;
using System.Text;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Console;

/// <summary>CBOR as text for people: the diagnostic notation of RFC 8949, section 8, indented.</summary>
internal static class Diagnostic
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(CborValue value)
    {
        var text = new StringBuilder();
        Write(text, value, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, CborValue value, string indent)
    {
        switch (value.Kind)
        {
            case CborKind.Integer:
                text.Append(value.AsInteger().ToString(CultureInfo.InvariantCulture));
                break;
            case CborKind.Text:
                text.Append(JsonSerializer.Serialize(value.AsText(), s_plain));
                break;
            case CborKind.Bytes:
                text.Append("h'").Append(Convert.ToHexStringLower(value.AsBytes().Span)).Append('\'');
                break;
            case CborKind.Boolean:
                text.Append(value.AsBoolean() ? "true" : "false");
                break;
            case CborKind.Array:
                List(text, '[', ']', value.AsArray(), (item, inner) => Write(text, item, inner), indent);
                break;
            case CborKind.Map:
                List(text, '{', '}', value.AsMap(), (entry, inner) =>
                {
                    Write(text, entry.Key, inner);
                    text.Append(": ");
                    Write(text, entry.Value, inner);
                }, indent);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void List<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, Action<T, string> write, string indent)
    {
        text.Append(open);
        var inner = indent + "  ";
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(inner);
            write(items[i], inner);
        }

        text.Append(items.Count == 0 ? "" : "\n" + indent).Append(close);
    }
}
