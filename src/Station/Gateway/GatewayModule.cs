using System.Net;
using System.Security.Authentication;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>The port that seals connect to: TLS 1.3 with the court's own CA on both sides, enrolment and the statement lane.</summary>
internal static class GatewayModule
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DevicesStore>();
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<StatementIntake>();
        services.AddSingleton<Enrolment>();
        services.AddHostedService(s =>
        {
            // The store makes the tables that the follower writes to; a seal's first request would come too late.
            s.GetRequiredService<DevicesStore>();
            return ActivatorUtilities.CreateInstance<GatewayFollower>(s);
        });
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, Ports>();
    }

    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(EnrolRequest.Path, GatewayEndpoints.EnrolAsync).WithMetadata(new UplinkOnly(), new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(16 * 1024)).ExcludeFromDescription();
        routes.MapGet(UplinkClientEnrolment.AuthorityPath, (CertificateAuthority authority) => Results.Bytes(authority.Der.ToArray(), "application/pkix-cert")).WithMetadata(new UplinkOnly()).ExcludeFromDescription();
        routes.Map("/uplink/statements", GatewayEndpoints.StatementsAsync).WithMetadata(new UplinkOnly()).ExcludeFromDescription();
    }

    /// <summary>Keeps the two ports apart: what is for seals answers only there, and nothing else does.</summary>
    public static void UsePortSeparation(this WebApplication app) => app.Use((http, next) =>
    {
        var onUplink = http.Features.Get<UplinkConnection>() is not null;
        var forUplink = http.GetEndpoint()?.Metadata.GetMetadata<UplinkOnly>() is not null;
        if (onUplink == forUplink)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

/// <summary>Marks an endpoint that only seals reach.</summary>
internal sealed class UplinkOnly;

/// <summary>Marks a connection that came in on the seals' port.</summary>
internal sealed class UplinkConnection;

/// <summary>The server's two ports: plain for the console (TLS is the reverse proxy's), mutual TLS for seals.</summary>
internal sealed class Ports(
    CertificateAuthority authority, IOptions<StationOptions> station, IOptions<GatewayOptions> gateway) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        var endpoint = IPEndPoint.Parse(station.Value.UplinkEndpoint);
        var names = station.Value.UplinkNames.Append(endpoint.Address.ToString()).Append("localhost");
        var certificate = authority.IssueServer(StationKeys.Folder(station.Value.DataDirectory), names);
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentUpgradedConnections = gateway.Value.ConnectionsMax;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Listen(IPEndPoint.Parse(station.Value.ConsoleEndpoint));
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(new UplinkConnection());
                return next(connection);
            });
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                SslProtocols = SslProtocols.Tls13,
                HandshakeTimeout = gateway.Value.Limits.HelloTimeout,

                // Allowed, not required: a seal that enrols has none yet. Each lane demands one of our CA.
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (client, _, _) => authority.DeviceOf(client) is not null,
            });
        });
    }
}
