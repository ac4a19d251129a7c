using System.Text.Json.Nodes;
using Cinnabar.Shared;

namespace Cinnabar.Station.Tests.Contract;

/// <summary>Holds answers of the station against docs/formats/openapi.json.</summary>
/// <remarks>It knows the keywords that the document uses; a field that the document does not name is a fault too, or a type would hide it.</remarks>
internal static class ApiContract
{
    private static readonly JsonNode s_document = JsonNode.Parse(File.ReadAllText(Repository.Path("docs", "formats", "openapi.json")))!;

    /// <summary>What is wrong with an answer; empty when it is what the document says.</summary>
    public static IReadOnlyList<string> Faults(string method, string path, int status, string? contentType, string body)
    {
        var answers = Operation(method, path)?["responses"];
        if (answers is null)
        {
            // No such endpoint, or one that answers no such method.
            return status is 404 or 405 ? [] : [$"{method} {path} is not described"];
        }

        if (answers[$"{status}"] is not { } answer)
        {
            return [$"{status} is not described"];
        }

        if (answer["content"] is not JsonObject contents)
        {
            return body.Length == 0 ? [] : [$"{status} has a body"];
        }

        return contents[contentType ?? ""] is not { } content ? [$"{status} has the content type {contentType}"]
            : contentType!.EndsWith("json", StringComparison.Ordinal) ? [.. Faults(JsonNode.Parse(body), content["schema"]!, "$")]
            : [];
    }

    /// <summary>What is wrong with a value that stands for a named shape.</summary>
    public static IReadOnlyList<string> Faults(string schema, string json) =>
        [.. Faults(JsonNode.Parse(json), s_document["components"]!["schemas"]![schema]!, schema)];

    /// <summary>What is wrong with a server-sent event.</summary>
    public static IReadOnlyList<string> EventFaults(string name, string json) =>
        s_document["components"]!["schemas"]!["LiveEvents"]!["properties"]![name] is { } known
            ? [.. Faults(JsonNode.Parse(json), known, name)]
            : [$"no event {name} is described"];

    private static JsonNode? Operation(string method, string path)
    {
        var asked = path.TrimStart('/').Split('/');
        return s_document["paths"]!.AsObject()
            .Where(p => Fits(p.Key.TrimStart('/').Split('/'), asked))
            .OrderBy(p => p.Key.Count(c => c == '{'))
            .Select(p => p.Value![method.ToLowerInvariant()])
            .FirstOrDefault(o => o is not null);
    }

    private static bool Fits(string[] template, string[] asked) =>
        (template.Length == asked.Length || (template is ["tlog", ..] && asked.Length > template.Length))
        && template.Zip(asked).All(p => p.First[0] == '{' || p.First == p.Second);

    private static IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string at)
    {
        if (schema["$ref"] is { } reference)
        {
            return Faults(value, s_document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!, at);
        }

        if (schema["anyOf"] is JsonArray cases)
        {
            return cases.Any(c => !Faults(value, c!, at).Any()) ? [] : [$"{at} is none of the cases: {value?.ToJsonString()}"];
        }

        if (value is null)
        {
            return [$"{at} is null"];
        }

        if (schema["enum"] is JsonArray words && !words.Any(w => JsonNode.DeepEquals(w, value)))
        {
            return [$"{at} is {value.ToJsonString()}"];
        }

        return (schema["type"]?.GetValue<string>(), value.GetValueKind()) switch
        {
            ("object", System.Text.Json.JsonValueKind.Object) => Members(value.AsObject(), schema, at),
            ("array", System.Text.Json.JsonValueKind.Array) => value.AsArray().SelectMany((item, i) => Faults(item, schema["items"]!, $"{at}[{i}]")),
            ("string", System.Text.Json.JsonValueKind.String) => Text(value.GetValue<string>(), schema["format"]?.GetValue<string>(), at),
            ("integer", System.Text.Json.JsonValueKind.Number) => value.AsValue().TryGetValue<long>(out _) ? [] : [$"{at} is {value.ToJsonString()}"],
            ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => [],
            var (type, kind) => [$"{at} is {kind}, not {type}"],
        };
    }

    private static IEnumerable<string> Members(JsonObject value, JsonNode schema, string at)
    {
        var missing = (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(r => !value.ContainsKey(r)).Select(r => $"{at}.{r} is missing");
        return missing.Concat(value.SelectMany(member => (schema["properties"]?[member.Key] ?? schema["additionalProperties"]) is { } known
            ? Faults(member.Value, known, $"{at}.{member.Key}")
            // Problem details may carry more (RFC 9457, 3.2); the framework adds a trace id.
            : member.Key == "traceId" ? [] : [$"{at}.{member.Key} is not described"]));
    }

    private static IEnumerable<string> Text(string text, string? format, string at) => format switch
    {
        "date-time" when !DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out _) => [$"{at} is no time: {text}"],
        "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) => [$"{at} is no date: {text}"],
        _ => [],
    };
}
