using System.CommandLine;
using Cinnabar.Station.Contract;
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
        command.SetAction(async (_, cancellationToken) => System.Console.Write(await DescribeAsync(cancellationToken)));
        return command;
    }

    /// <summary>Asks a station of its own, made for this one question: the document is what a running one answers.</summary>
    /// <returns>JSON, as docs/formats/openapi.json holds it.</returns>
    public static async Task<string> DescribeAsync(CancellationToken cancellationToken)
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
            var document = await client.GetStringAsync(new Uri(new Uri(console), ApiDescription.Path), cancellationToken);
            await app.StopAsync(cancellationToken);
            return document.ReplaceLineEndings("\n") + "\n";
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
