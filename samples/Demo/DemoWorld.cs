using System.Globalization;
using System.Net;
using Cinnabar.Shared;

namespace Cinnabar.Demo;

/// <summary>A whole court on this machine: station, SMS gateway with phones, two sealed doors. Ends everything it started.</summary>
public sealed class DemoWorld : IAsyncDisposable
{
    public const string Login = "admin";
    public const string OfficerPhone = "+8613800000001";
    public const string ApplicantPhone = "+8613800000002";

    private readonly List<IAsyncDisposable> _started = [];

    private DemoWorld(string folder)
    {
        Folder = folder;
        Station = new DemoStation(Path.Combine(folder, "station"), IPAddress.Loopback);
    }

    public string Folder { get; }

    public DemoStation Station { get; }

    public string Password => Station.Password;

    public Uri Console => Station.Console;

    public KannelGateway Kannel { get; private set; } = null!;

    /// <summary>An administrator's console session.</summary>
    public StationClient Client => Station.Client;

    public IReadOnlyList<DemoSeal> Seals { get; private set; } = [];

    /// <summary>Starts everything.</summary>
    /// <exception cref="DemoException">Something did not start; the message says what.</exception>
    public static async Task<DemoWorld> StartAsync(DemoOptions options, Timeline timeline, CancellationToken cancellationToken)
    {
        var world = new DemoWorld(Directory.CreateTempSubdirectory("cinnabar-demo-").FullName);
        try
        {
            world._started.Add(world.Kannel = await StartKannelAsync(timeline, cancellationToken));
            await world.StartStationAsync(options.ConsolePort, timeline, cancellationToken);
            world.Seals =
            [
                await world.SealAsync(DoorOrder.Flat with { Camera = options.Camera }, timeline, cancellationToken),
                await world.SealAsync(DoorOrder.Store, timeline, cancellationToken),
            ];
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the SMS gateway with phones behind it.</summary>
    public static Task<KannelGateway> StartKannelAsync(Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Starting the SMS gateway (Kannel, with phones that receive)");
        return KannelGateway.Missing() is { } missing ? throw new DemoException(missing) : KannelGateway.StartAsync(cancellationToken);
    }

    /// <summary>The sections of a station's configuration that lead its warnings to the gateway's phones.</summary>
    /// <param name="console">Where the gateway reaches the station for its reports.</param>
    public static string Warnings(KannelGateway kannel, string console) => $$"""
          "Notices": {
            "Sms": {
              "SendSmsUrl": "{{kannel.SendSmsUrl}}", "UserName": "{{kannel.UserName}}", "Password": "{{kannel.UserPassword}}",
              "From": "12368", "ReportBaseUrl": "http://{{console}}"
            }
          },
          "Alarms": {
            "Duty": [ { "Name": "值班法警", "Channel": "sms", "Address": "+8613800000003", "PlanLevel": 1 } ]
          }
        """;

    /// <summary>Ends the station, as for an opposing party who has only the pack.</summary>
    public async Task StopStationAsync()
    {
        foreach (var seal in Seals)
        {
            await seal.DisposeAsync();
        }

        await Station.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_started))
        {
            await one.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartStationAsync(int consolePort, Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Founding a court and starting its station");
        await Station.SetUpAsync(
        [
            "--court", "北京市海淀区人民法院", "--court-en", "Haidian District People's Court, Beijing",
            "--code", "京0108", "--origin", "log.haidian.example/2026", "--duty-phone", "+86 10 1234 5678", "--address", "北京市海淀区丹棱街12号",
        ], cancellationToken);
        var console = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Station.PortOr(consolePort)}");
        await File.WriteAllTextAsync(Path.Combine(Station.Data, "station.json"), $$"""
            {
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "Station": { "ConsoleEndpoint": "{{console}}", "UplinkEndpoint": "127.0.0.1:0", "PublicUrl": "http://{{console}}" },
            {{Warnings(Kannel, console)}}
            }
            """, cancellationToken);
        _started.Add(Station);
        await Station.StartAsync(courtsPort: 0, cancellationToken);
    }

    private async Task<DemoSeal> SealAsync(DoorOrder order, Timeline timeline, CancellationToken cancellationToken)
    {
        var door = await DemoSeal.SealAsync(Station, Path.Combine(Folder, order.Device), order, timeline, cancellationToken);
        _started.Add(door);
        return door;
    }
}
