using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Cinnabar.Station.Contract;

/// <summary>Takes out of the document what differs between machines and runs, and what the serialiser never writes.</summary>
internal static class StableDocument
{
    private static readonly HttpMethod[] s_methods =
        [HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    // The framework names a body of bytes after the C# type that it met first.
    private static readonly string[] s_bytes = [nameof(Stream), nameof(IFormFile)];

    public static void Apply(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Cinnabar station", Version = "1",
            Description = "The console, phone and public API of a court's station; docs/formats/api.md says what each part is for. What is not known is left out: null is never written.",
        };
        document.Servers = null;
        document.Tags = null;
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            paths.Add(path, item);
            Order((OpenApiPathItem)item);
        }

        document.Paths = paths;
        foreach (var bytes in s_bytes)
        {
            document.Components!.Schemas!.Remove(bytes);
        }

        foreach (var schema in document.Components!.Schemas!.Values)
        {
            Plain(schema);
        }
    }

    private static void Order(OpenApiPathItem item)
    {
        if (item.Operations is not { } operations)
        {
            return;
        }

        item.Operations = operations.OrderBy(o => Array.IndexOf(s_methods, o.Key)).ToDictionary();
        foreach (var operation in operations.Values)
        {
            // Named after C# classes, and after the program that happens to run.
            operation.Tags?.Clear();
            var responses = new OpenApiResponses();
            foreach (var response in operation.Responses?.OrderBy(r => r.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, IOpenApiResponse>>())
            {
                responses.Add(response.Key, response.Value);
                Plain(response.Value.Content);
            }

            Plain(operation.RequestBody?.Content);
            operation.Responses = responses;
        }
    }

    private static void Plain(IDictionary<string, OpenApiMediaType>? bodies)
    {
        foreach (var body in bodies?.Values.ToArray() ?? [])
        {
            body.Schema = Plain(body.Schema);
        }
    }

    /// <summary>The shape without null, and with the type that enumerations leave out.</summary>
    private static IOpenApiSchema? Plain(IOpenApiSchema? either)
    {
        if (either is OpenApiSchemaReference reference && s_bytes.Contains(reference.Reference.Id))
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }

        if (either is not OpenApiSchema schema)
        {
            return either;
        }

        if (schema.OneOf is { Count: 2 } choice && choice.Any(c => c.Type == JsonSchemaType.Null))
        {
            return Plain(choice.Single(c => c.Type != JsonSchemaType.Null));
        }

        if (schema.Enum is { Count: > 0 } words)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. words.Where(w => w is not null && w.GetValueKind() != System.Text.Json.JsonValueKind.Null).Select(w => (JsonNode)w.DeepClone())];
        }

        schema.Type &= ~JsonSchemaType.Null;
        schema.Items = Plain(schema.Items);
        schema.AdditionalProperties = Plain(schema.AdditionalProperties);
        foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
        {
            schema.Properties![name] = Plain(property)!;
        }

        return schema;
    }
}
