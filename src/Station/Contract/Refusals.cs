using System.Globalization;
using Cinnabar.Station.Console;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Cinnabar.Station.Contract;

/// <summary>Writes to each endpoint how it may refuse, and the header that a change must carry.</summary>
internal static class Refusals
{
    private const string ContentType = "application/problem+json";

    public static async Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var responses = operation.Responses ??= [];
        foreach (var status in Statuses(operation, context))
        {
            responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status) });
        }

        // StatusCodePages fills in what an endpoint leaves empty, below /api.
        if (IsApi(context))
        {
            context.Document!.AddComponent(nameof(ProblemDetails), await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken));
            foreach (var refusal in responses.Where(r => r.Key[0] >= '4').Select(r => r.Value).OfType<OpenApiResponse>().Where(r => r.Content is not { Count: > 0 }))
            {
                refusal.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) },
                };
            }
        }

        if (IsChange(context) && IsApi(context))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = HeaderRules.Intent, In = ParameterLocation.Header, Required = true,
                Description = "Another site's page cannot send it.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["1"] },
            });
        }
    }

    private static IEnumerable<int> Statuses(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<IAuthorizeData>().ToArray();
        var roles = metadata.OfType<AuthorizationPolicy>().Any();
        if (policies.Length > 0 || roles)
        {
            yield return StatusCodes.Status401Unauthorized;
        }

        if (roles || policies.Any(p => p.Policy is not (null or Access.Anyone)))
        {
            yield return StatusCodes.Status403Forbidden;
        }

        if ((IsChange(context) && IsApi(context)) || operation.RequestBody is not null
            || context.Description.ParameterDescriptions.Any(p => p.Source == BindingSource.Query && p.Type != typeof(string)))
        {
            yield return StatusCodes.Status400BadRequest;
        }

        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        foreach (var declared in metadata.OfType<RefusedWith>())
        {
            yield return declared.Status;
        }
    }

    private static bool IsApi(OpenApiOperationTransformerContext context) =>
        context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;

    private static bool IsChange(OpenApiOperationTransformerContext context) =>
        context.Description.HttpMethod is { } method && HeaderRules.ChangesSomething(method);
}
