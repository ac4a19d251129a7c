using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>The port for other courts: TLS 1.3 with the keys that the epoch names, and nobody else.</summary>
/// <remarks>Source: docs/formats/court-link.md, section 1.</remarks>
internal sealed class CourtsPort(CourtSeat seat, LinkKey link, CourtRefusals refusals, IOptions<CourtsOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan s_handshakeLimit = TimeSpan.FromSeconds(5);

    private readonly CourtsDoor _door = new(options.Value);

    public void Configure(KestrelServerOptions kestrel) => kestrel.Listen(
        options.Value.ListenEndpoint is { } listen ? IPEndPoint.Parse(listen) : new IPEndPoint(IPAddress.Any, new Uri(seat.Self.Endpoint).Port),
        port =>
        {
            port.Protocols = HttpProtocols.Http1;
            port.Use(next => connection => KnockAsync(connection, next));
            port.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = s_handshakeLimit, OnConnection = Tls });
            port.Use(next => connection => EnterAsync(connection, next));
        });

    private ValueTask<SslServerAuthenticationOptions> Tls(TlsHandshakeCallbackContext handshake)
    {
        var connection = handshake.Connection.Features.GetRequiredFeature<CourtConnection>();
        return ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificate = link.Certificate,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) => Recognise(connection, shown as X509Certificate2),
        });
    }

    private bool Recognise(CourtConnection connection, X509Certificate2? shown)
    {
        if (shown is null)
        {
            return false;
        }

        var key = LinkKey.DigestOf(shown);
        connection.Shown = $"key:{key}";
        connection.Court = seat.Others.FirstOrDefault(c => c.LinkKey == key);
        return connection.Court is not null;
    }

    private async Task KnockAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var court = new CourtConnection();
        connection.Features.Set(court);
        using var guest = _door.Knock((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (guest is null)
        {
            refusals.Crowd();
            return;
        }

        court.Guest = guest;
        await next(connection);
        if (court.Court is null)
        {
            refusals.Stranger(court.Shown);
        }
    }

    private async Task EnterAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var court = connection.Features.GetRequiredFeature<CourtConnection>();
        if (court.Guest!.Enter(court.Court!.Code))
        {
            await next(connection);
            return;
        }

        refusals.Crowd();
    }
}
