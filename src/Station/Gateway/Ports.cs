using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>The server's two ports: plain for the console (TLS is the reverse proxy's), mutual TLS for seals.</summary>
internal sealed class Ports(
    CertificateAuthority authority, IOptions<StationOptions> station, IOptions<GatewayOptions> gateway) : IConfigureOptions<KestrelServerOptions>
{
    private int _connections;

    public void Configure(KestrelServerOptions options)
    {
        var endpoint = IPEndPoint.Parse(station.Value.UplinkEndpoint);
        var names = station.Value.UplinkNames.Append(endpoint.Address.ToString()).Append("localhost");
        var certificate = authority.IssueServer(StationKeys.Folder(station.Value.DataDirectory), names);
        options.AddServerHeader = false;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Listen(IPEndPoint.Parse(station.Value.ConsoleEndpoint));
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => CountAsync(connection, next));
            listen.UseHttps(Tls(certificate));
        });
    }

    // Counted here and not by the server, so that seals cannot take the console's connections.
    private async Task CountAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        connection.Features.Set(new UplinkConnection());
        try
        {
            if (Interlocked.Increment(ref _connections) <= gateway.Value.ConnectionsMax)
            {
                await next(connection);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private HttpsConnectionAdapterOptions Tls(X509Certificate2 certificate) => new()
    {
        ServerCertificate = certificate,
        SslProtocols = SslProtocols.Tls13,
        HandshakeTimeout = gateway.Value.Limits.HelloTimeout,

        // Allowed, not required: a seal that enrols has none yet. Each lane demands one of our CA.
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (client, _, _) => authority.DeviceOf(client) is not null,
    };
}
