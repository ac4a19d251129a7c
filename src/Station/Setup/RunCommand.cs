using System.CommandLine;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Console;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Media;
using Cinnabar.Station.Notices;
using Cinnabar.Station.Orders;
using Cinnabar.Station.Packs;
using Cinnabar.Station.Phone;
using Cinnabar.Station.Public;
using Cinnabar.Station.Seals;
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
            System.Console.Error.WriteLine($"{data.FullName} is no court's data folder. Make one with: cinnabar-station init --data {data.FullName}");
            return 1;
        }

        await using var app = Build(data, config);
        if (!await TryStartAsync(app, cancellationToken))
        {
            return 1;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        System.Console.WriteLine($"cinnabar-station ready {string.Join(' ', addresses)}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<bool> TryStartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return true;
        }
        catch (IOException e)
        {
            // What has started already is stopped in order: disposed as it runs, each part would report its end as a failure of its own.
            await app.StopAsync(CancellationToken.None);
            System.Console.Error.WriteLine($"The station does not start: {e.Message}");
            return false;
        }
    }

    /// <summary>The station with every module, not yet started.</summary>
    /// <param name="settings">Settings that win over every file and variable.</param>
    public static WebApplication Build(DirectoryInfo data, FileInfo? config, params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddJsonFile(config?.FullName ?? Path.Combine(data.FullName, "station.json"), optional: config is null)
            .AddEnvironmentVariables("CINNABAR_")
            .AddInMemoryCollection([new("Station:DataDirectory", data.FullName), .. settings]);
        var court = InitCommand.Read(data);
        builder.AddFacts(court);
        builder.AddCourts(court);
        builder.AddAnchors();
        builder.AddGateway();
        builder.AddMedia();
        builder.AddNotices();
        builder.AddAlarms();
        builder.AddSeals();
        builder.AddOrders();
        builder.AddConsole();
        builder.AddPhone();
        builder.AddPublic();
        builder.AddPacks();

        var app = builder.Build();
        app.UseConsole();
        app.UseWebSockets();
        app.UseRouting();
        app.UsePortSeparation();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapCourts();
        app.MapAnchors();
        app.MapGateway();
        app.MapMedia();
        app.MapNotices();
        app.MapAlarms();
        app.MapSeals();
        app.MapOrders();
        app.MapConsole();
        app.MapPhone();
        app.MapPublic();
        app.MapPacks();
        return app;
    }
}
