namespace Cinnabar.Station.Contract;

/// <summary>The OpenAPI document of the HTTP API, from which the pages' types are generated: docs/formats/openapi.json.</summary>
internal static class ApiDescription
{
    /// <summary>Where a running station answers it.</summary>
    public const string Path = "/api/openapi.json";

    private const string Name = "openapi";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.AddSchemaTransformer((schema, context, _) => Done(() => ExactShapes.Apply(schema, context)));
        options.AddOperationTransformer(Refusals.ApplyAsync);
        options.AddDocumentTransformer((document, _, _) => Done(() => StableDocument.Apply(document)));
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/api/{documentName}.json").ExcludeFromDescription();

    /// <summary>Declares refusals with problem details; 401, 403 and what every body or change may meet are declared without being named.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            route.WithMetadata(new RefusedWith(status));
        }

        return route;
    }

    /// <summary>Declares an answer that is a file.</summary>
    public static RouteHandlerBuilder Sends(this RouteHandlerBuilder route, string contentType, params string[] more) =>
        route.Produces<Stream>(StatusCodes.Status200OK, contentType, more);

    private static Task Done(Action transform)
    {
        transform();
        return Task.CompletedTask;
    }
}
