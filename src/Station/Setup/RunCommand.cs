using System.CommandLine;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Media;
using Cinnabar.Station.Notices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station run</c>: the station itself. This is the list of its modules.</summary>
internal static class RunCommand
{
    public static Command Create(Option<DirectoryInfo> data)
    {
        var config = new Option<FileInfo?>("--config") { Description = "Configuration; default station.json in the data folder" };
        var command = new Command("run", "Run the station") { data, config };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(config), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, FileInfo? config, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(data.FullName, InitCommand.IdentityFile)))
        {
            Console.Error.WriteLine($"{data.FullName} is no court's data folder. Make one with: cinnabar-station init --data {data.FullName}");
            return 1;
        }

        await using var app = Build(data, config);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine($"cinnabar-station ready {string.Join(' ', addresses)}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>The station with every module, not yet started.</summary>
    /// <param name="adjust">Changes services before they are built; null for none.</param>
    public static WebApplication Build(DirectoryInfo data, FileInfo? config, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddJsonFile(config?.FullName ?? Path.Combine(data.FullName, "station.json"), optional: config is null)
            .AddEnvironmentVariables("CINNABAR_")
            .AddInMemoryCollection([new("Station:DataDirectory", data.FullName)]);
        builder.AddFacts(InitCommand.Read(data));
        builder.AddGateway();
        builder.AddMedia();
        builder.AddNotices();
        builder.AddAlarms();

        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization(Access.Configure);

        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseWebSockets();
        app.UseRouting();
        app.UsePortSeparation();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGateway();
        app.MapMedia();
        app.MapNotices();
        return app;
    }
}
