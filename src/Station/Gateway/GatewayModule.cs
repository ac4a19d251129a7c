using Cinnabar.Station.Courts;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>The port that seals connect to: TLS 1.3 with the court's own CA on both sides, enrolment and the statement lane.</summary>
internal static class GatewayModule
{
    private const int EnrolRequestBytesMax = 16 * 1024;

    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DevicesStore>();
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<ChainGuards>();
        services.AddSingleton<Oddities>();
        services.AddSingleton<StatementIntake>();
        services.AddSingleton<LaneGate>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton(s =>
        {
            // The store makes the tables that the follower writes to; a seal's first request would come too late.
            s.GetRequiredService<DevicesStore>();
            return ActivatorUtilities.CreateInstance<GatewayFollower>(s);
        });
        services.AddHostedService(s => s.GetRequiredService<GatewayFollower>());
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, Ports>();
    }

    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(UplinkClientEnrolment.AuthorityPath, GatewayEndpoints.Authority).WithMetadata(new UplinkOnly()).ExcludeFromDescription();
        routes.MapPost(EnrolRequest.Path, GatewayEndpoints.EnrolAsync)
            .WithMetadata(new UplinkOnly(), new RequestSizeLimitAttribute(EnrolRequestBytesMax)).ExcludeFromDescription();
        routes.Map("/uplink/statements", GatewayEndpoints.StatementsAsync).WithMetadata(new UplinkOnly()).ExcludeFromDescription();
    }

    /// <summary>Keeps the ports apart: what is for seals or for other courts answers only there, and nothing else does.</summary>
    public static void UsePortSeparation(this WebApplication app) => app.Use((http, next) =>
    {
        var (metadata, features) = (http.GetEndpoint()?.Metadata, http.Features);
        if (features.Get<UplinkConnection>() is not null == metadata?.GetMetadata<UplinkOnly>() is not null
            && features.Get<CourtConnection>() is not null == metadata?.GetMetadata<CourtsOnly>() is not null)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
