using System.CommandLine;
using Cinnabar.Station.Facts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station openapi</c>: prints the API's description, from which the console's types are generated.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Print the OpenAPI document of the station's HTTP API");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    /// <summary>Asks a station of its own, made for this one question: the document is what a running one answers.</summary>
    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("cinnabar-openapi-");
        try
        {
            InitCommand.Make(data, new CourtIdentity("法院", "Court", "京0108", "openapi.invalid/log", null, null));
            await using var app = RunCommand.Build(data, null, [
                new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]);
            await app.StartAsync(cancellationToken);
            var console = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
                .Addresses.First(a => a.StartsWith("http://", StringComparison.Ordinal));
            using var client = new HttpClient();
            System.Console.WriteLine(await client.GetStringAsync(new Uri(new Uri(console), "/api/openapi.json"), cancellationToken));
            await app.StopAsync(cancellationToken);
            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
