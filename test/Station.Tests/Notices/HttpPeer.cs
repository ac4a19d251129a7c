using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Station.Tests.Notices;

/// <summary>A real Kestrel on a free port with the given routes.</summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpPeer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<HttpPeer> StartAsync(Action<IServiceCollection> services, Action<IEndpointRouteBuilder> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services(builder.Services);
        var app = builder.Build();
        routes(app);
        await app.StartAsync();
        return new HttpPeer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
