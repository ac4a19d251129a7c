using Cinnabar.Station.Contract;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Anchors;

/// <summary>What binds this court's history from outside: the anchor chain, daily timestamps, the other courts' heads in its own log.</summary>
internal static class AnchorsModule
{
    /// <summary>Needs AddFacts and AddCourts.</summary>
    public static void AddAnchors(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AnchorsOptions>().BindConfiguration("Anchors").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SqliteEngineOptions>().BindConfiguration("Anchors:Sqlite");
        services.AddOptions<EtcdEngineOptions>().BindConfiguration("Anchors:Etcd").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EvmEngineOptions>().BindConfiguration("Anchors:Evm").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TimestampsOptions>().BindConfiguration("Timestamps").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AnchorsOptions>, EngineRules>();
        services.AddSingleton<AnchorEngines>();
        services.AddSingleton<AnchorKeeper>();
        services.AddSingleton<TimestampKeeper>();
        services.AddSingleton<CrossLinks>();
        services.AddSingleton<AnchorViews>();
        services.AddHostedService(s => s.GetRequiredService<AnchorKeeper>());
        services.AddHostedService(s => s.GetRequiredService<TimestampKeeper>());
        services.AddHostedService(s => s.GetRequiredService<CrossLinks>());
    }

    public static void MapAnchors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/anchors", AnchorsEndpoints.Get).RequireAuthorization(Access.Staff);
        routes.MapPost("/api/anchors/adopt", AnchorsEndpoints.Adopt).RequireAuthorization(Access.Administration).Refuses(StatusCodes.Status409Conflict);
    }
}
