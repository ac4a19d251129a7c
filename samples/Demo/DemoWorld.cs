using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Cinnabar.Shared;

namespace Cinnabar.Demo;

/// <summary>A whole court on this machine: station, SMS gateway with phones, two sealed doors. Ends everything it started.</summary>
public sealed class DemoWorld : IAsyncDisposable
{
    public const string Login = "admin";
    public const string OfficerPhone = "+8613800000001";
    public const string ApplicantPhone = "+8613800000002";

    private static readonly int[] s_slots = [60, 180, 300];

    private readonly List<IAsyncDisposable> _started = [];

    private DemoWorld(string folder) => Folder = folder;

    public string Folder { get; }

    public string StationData => Path.Combine(Folder, "station");

    public string Password { get; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    public Uri Console { get; private set; } = null!;

    public Uri Uplink { get; private set; } = null!;

    public ChildProgram Station { get; private set; } = null!;

    public KannelGateway Kannel { get; private set; } = null!;

    /// <summary>An administrator's console session.</summary>
    public StationClient Client { get; private set; } = null!;

    public IReadOnlyList<DemoSeal> Seals { get; private set; } = [];

    /// <summary>Starts everything.</summary>
    /// <exception cref="DemoException">Something did not start; the message says what.</exception>
    public static async Task<DemoWorld> StartAsync(DemoOptions options, Timeline timeline, CancellationToken cancellationToken)
    {
        var world = new DemoWorld(Directory.CreateTempSubdirectory("cinnabar-demo-").FullName);
        try
        {
            await world.StartKannelAsync(timeline, cancellationToken);
            await world.StartStationAsync(options.ConsolePort, timeline, cancellationToken);
            world.Seals =
            [
                await world.SealDoorAsync("door-1", "（2026）京0108执1234号", "北京市朝阳区永安东里甲3号5层501", options.Camera, timeline, cancellationToken),
                await world.SealDoorAsync("door-2", "（2026）京0108执保88号", "北京市海淀区中关村东路66号仓库", null, timeline, cancellationToken),
            ];
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

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
        Client?.Dispose();
        foreach (var one in Enumerable.Reverse(_started))
        {
            await one.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartKannelAsync(Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Starting the SMS gateway (Kannel, with phones that receive)");
        if (KannelGateway.Missing() is { } missing)
        {
            throw new DemoException(missing);
        }

        _started.Add(Kannel = await KannelGateway.StartAsync(cancellationToken));
    }

    private async Task StartStationAsync(int consolePort, Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Founding a court and starting its station");
        var program = ChildProgram.PathOf("Station", "cinnabar-station");
        await ChildProgram.RunAsync(program,
        [
            "init", "--data", StationData, "--court", "北京市海淀区人民法院", "--court-en", "Haidian District People's Court, Beijing",
            "--code", "京0108", "--origin", "log.haidian.example/2026", "--duty-phone", "+86 10 1234 5678", "--address", "北京市海淀区丹棱街12号",
        ], cancellationToken);
        var password = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(password, Password, cancellationToken);
        await ChildProgram.RunAsync(program, ["admin", "--data", StationData, "--login", Login, "--password-file", password], cancellationToken);
        consolePort = consolePort != 0 && IsFree(consolePort) ? consolePort : FreePort();
        await File.WriteAllTextAsync(Path.Combine(StationData, "station.json"), Configuration(consolePort), cancellationToken);
        Station = ChildProgram.Start(program, ["run", "--data", StationData], Path.Combine(Folder, "station.log"));
        _started.Add(Station);
        var ready = await Station.WaitForLineAsync(
            line => line.StartsWith("cinnabar-station ready", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "The station's start", cancellationToken);
        var addresses = ready.Split(' ').Skip(2).Select(address => new Uri(address)).ToArray();
        Console = addresses.First(address => address.Scheme == "http");
        Uplink = addresses.First(address => address.Scheme == "https");
        Client = new StationClient(Console);
        await Client.SignInAsync(Login, Password, cancellationToken);
    }

    private string Configuration(int consolePort) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "Logging": { "LogLevel": { "Default": "Warning" } },
          "Station": {
            "ConsoleEndpoint": "127.0.0.1:{{consolePort}}",
            "UplinkEndpoint": "127.0.0.1:0",
            "PublicUrl": "http://127.0.0.1:{{consolePort}}"
          },
          "Notices": {
            "Sms": {
              "SendSmsUrl": "{{Kannel.SendSmsUrl}}", "UserName": "{{Kannel.UserName}}", "Password": "{{Kannel.UserPassword}}",
              "From": "12368", "ReportBaseUrl": "http://127.0.0.1:{{consolePort}}"
            }
          },
          "Alarms": {
            "Duty": [ { "Name": "值班法警", "Channel": "sms", "Address": "+8613800000003", "PlanLevel": 1 } ]
          }
        }
        """);

    private async Task<DemoSeal> SealDoorAsync(
        string device, string caseNumber, string address, string? camera, Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step($"Sealing {address}");
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        var draft = new
        {
            caseNumber, category = "immovable", property = new { address, description = "住宅一套" },
            from = today, until = today.AddYears(1),
            parties = new[]
            {
                new { role = "officer", name = "李法官", phone = OfficerPhone, language = "zh" },
                new { role = "applicant", name = "王某", phone = ApplicantPhone, language = "zh" },
            },
        };
        var seal = await Client.PostAsync("/api/seals", draft, cancellationToken);
        var number = seal!["sealNumber"]!.GetValue<string>();
        var at = $"/api/seals/{Uri.EscapeDataString(number)}";
        await Client.UploadAsync($"{at}/ruling", RulingPdf.Write(caseNumber), "ruling.pdf", "application/pdf", cancellationToken);
        var enrolment = await Client.PostAsync($"{at}/enrolment", new { }, cancellationToken);

        var folder = new SealFolder(Path.Combine(Folder, device), device, camera);
        var door = new DemoSeal(folder, number);
        _started.Add(door);
        await File.WriteAllTextAsync(folder.At("seal.json"), DemoSeal.Configuration(folder, number, Uplink), cancellationToken);
        await ChildProgram.RunAsync(
            ChildProgram.PathOf("Seal", "cinnabar-seal"),
            ["--config", folder.At("seal.json"), "--enrol", enrolment!["code"]!.GetValue<string>()], cancellationToken);
        await Client.PostAsync($"{at}/install", new
        {
            deviceId = device,
            frame = new
            {
                deviceId = device, foldedWidthMm = 420, extendedWidthMm = 980, slots = s_slots,
                loop = new { fromMm = 30, toMm = 950 }, doorWidthMm = 960, doorHeightMm = 2050,
            },
        }, cancellationToken);
        await door.StartAsync(cancellationToken);
        await Client.PostAsync($"{at}/arm", new { reason = "执行裁定" }, cancellationToken);
        return door;
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
