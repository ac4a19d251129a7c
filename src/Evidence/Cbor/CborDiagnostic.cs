using System.Globalization;
using System.Text;

namespace Cinnabar.Evidence.Cbor;

/// <summary>Prints a value in diagnostic notation, on one line. Source: RFC 8949 section 8.</summary>
public static class CborDiagnostic
{
    /// <summary>The notation; characters that could mislead a reader (control and direction marks) are escaped.</summary>
    public static string Format(CborValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>A text in quotation marks.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                _ when Misleads(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>True for characters that are not seen but change what is seen.</summary>
    public static bool Misleads(char c) =>
        char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void Append(StringBuilder text, CborValue value)
    {
        switch (value.Kind)
        {
            case CborKind.Null:
                text.Append("null");
                break;
            case CborKind.Boolean:
                text.Append(value.AsBoolean() ? "true" : "false");
                break;
            case CborKind.Integer:
                text.Append(CultureInfo.InvariantCulture, $"{value.AsInteger()}");
                break;
            case CborKind.Bytes:
                text.Append("h'").Append(Convert.ToHexStringLower(value.AsBytes().Span)).Append('\'');
                break;
            case CborKind.Text:
                text.Append(Quote(value.AsText()));
                break;
            case CborKind.Array:
                AppendItems(text, '[', value.AsArray(), Append, ']');
                break;
            case CborKind.Map:
                AppendItems(text, '{', value.AsMap(), AppendEntry, '}');
                break;
        }
    }

    private static void AppendEntry(StringBuilder text, KeyValuePair<CborValue, CborValue> entry)
    {
        Append(text, entry.Key);
        text.Append(": ");
        Append(text, entry.Value);
    }

    private static void AppendItems<T>(StringBuilder text, char open, IReadOnlyList<T> items, Action<StringBuilder, T> append, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            append(text, items[i]);
        }

        text.Append(close);
    }
}
