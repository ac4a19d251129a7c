using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>The port for other courts: TLS 1.3 with the keys that the epoch names, and nobody else.</summary>
/// <remarks>Source: docs/formats/court-link.md, section 1.</remarks>
internal sealed class CourtsPort(CourtSeat seat, LinkKey link, IOptions<CourtsOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel) => kestrel.Listen(
        options.Value.ListenEndpoint is { } listen ? IPEndPoint.Parse(listen) : new IPEndPoint(IPAddress.Any, new Uri(seat.Self.Endpoint).Port),
        port =>
        {
            port.Protocols = HttpProtocols.Http1;
            port.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = link.Certificate,
                SslProtocols = SslProtocols.Tls13,
                HandshakeTimeout = TimeSpan.FromSeconds(10),
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (client, _, _) => CourtOf(client) is not null,
            });
            port.Use(next => connection =>
            {
                var shown = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
                connection.Features.Set(new CourtConnection { Court = shown is null ? null : CourtOf(shown) });
                return next(connection);
            });
        });

    private Evidence.Governance.CourtMember? CourtOf(X509Certificate2 certificate)
    {
        var key = LinkKey.DigestOf(certificate);
        return seat.Others.FirstOrDefault(c => c.LinkKey == key);
    }
}
