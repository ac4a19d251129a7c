using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Orders;

/// <summary>The address seals are told to connect to: the name in the certificate, and the port that is really open.</summary>
internal sealed class UplinkAddress(IServer server, IOptions<StationOptions> options)
{
    public override string ToString()
    {
        var configured = IPEndPoint.Parse(options.Value.UplinkEndpoint);
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(u => u?.Scheme == Uri.UriSchemeHttps);
        var host = options.Value.UplinkNames.FirstOrDefault() ?? configured.Address.ToString();
        return $"https://{host}:{(configured.Port == 0 && open is not null ? open.Port : configured.Port)}";
    }
}
