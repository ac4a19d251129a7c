using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cinnabar.Station.Contract;

/// <summary>Makes each shape say what the station really writes.</summary>
internal static class ExactShapes
{
    public static void Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            // Its own converter hides from the framework that it is a text.
            schema.Type = JsonSchemaType.String;
        }

        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && IsOurs(type))
        {
            Require(schema, context.JsonTypeInfo);
        }

        if (Attribute<OneOfAttribute>(context.JsonPropertyInfo) is { } oneOf)
        {
            // Of a list, each of its texts.
            var text = schema.Items as OpenApiSchema ?? schema;
            text.Type = JsonSchemaType.String;
            text.Enum = [.. oneOf.Words.Select(w => (JsonNode)w)];
        }
    }

    /// <summary>Null is never written: what may be null may be missing, and all else is always there. Of a draft, what is marked must be sent.</summary>
    private static void Require(OpenApiSchema schema, JsonTypeInfo type)
    {
        var known = type.Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        // What is no property of ours is the word that tells the cases of a union apart.
        var discriminators = (schema.Properties?.Keys ?? []).Concat(schema.Required ?? new HashSet<string>()).Where(name => !known.Contains(name));
        var always = type.Properties.Where(p => !p.IsGetNullable || Attribute<RequiredAttribute>(p) is not null).Select(p => p.Name);
        schema.Type = JsonSchemaType.Object;
        schema.Required = discriminators.Concat(always).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name is { } name
        && (type.Assembly == typeof(ExactShapes).Assembly || name.StartsWith("Cinnabar.", StringComparison.Ordinal));

    private static T? Attribute<T>(JsonPropertyInfo? property) where T : Attribute =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
