using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Cinnabar.Demo;

/// <summary>One court's station as a program of its own: set up, started, killed, started again over the same folder.</summary>
/// <param name="data">Its data folder.</param>
/// <param name="address">The loopback address that its ports are on.</param>
public sealed class DemoStation(string data, IPAddress address) : IAsyncDisposable
{
    private ChildProgram? _program;

    public string Data => data;

    public string Password { get; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    public Uri Console { get; private set; } = null!;

    public Uri Uplink { get; private set; } = null!;

    /// <summary>An administrator's console session, new with every start.</summary>
    public StationClient Client { get; private set; } = null!;

    public bool IsRunning => _program is { HasExited: false };

    /// <summary>Makes the court and its first account.</summary>
    /// <param name="court">Options of <c>cinnabar-station init</c> beside the folder.</param>
    public async Task SetUpAsync(IEnumerable<string> court, CancellationToken cancellationToken)
    {
        await ChildProgram.RunAsync(Program, ["init", "--data", data, .. court], cancellationToken);
        var password = data + ".password";
        await File.WriteAllTextAsync(password, Password, cancellationToken);
        await ChildProgram.RunAsync(Program, ["admin", "--data", data, "--login", DemoWorld.Login, "--password-file", password], cancellationToken);
    }

    /// <summary>Starts the program over <c>station.json</c> in its folder, waits until it takes connections, and signs in.</summary>
    /// <param name="courtsPort">The port for other courts, which is none of the seals'; 0 for a court that stands alone.</param>
    public async Task StartAsync(int courtsPort, CancellationToken cancellationToken)
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _program = ChildProgram.Start(Program, ["run", "--data", data], data + ".log");
        var ready = await _program.WaitForLineAsync(
            line => line.StartsWith("cinnabar-station ready", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "The station's start", cancellationToken);
        var addresses = ready.Split(' ').Skip(2).Select(one => new Uri(one)).ToArray();
        Console = addresses.First(one => one.Scheme == "http");
        Uplink = addresses.First(one => one.Scheme == "https" && one.Port != courtsPort);
        Client?.Dispose();
        Client = new StationClient(Console);
        await Client.SignInAsync(DemoWorld.Login, Password, cancellationToken);
    }

    /// <summary>Ends it in order.</summary>
    public Task StopAsync() => _program?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Ends it as a power cut would.</summary>
    public Task KillAsync() => _program?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Interlocked.Exchange(ref _program, null) is { } program)
        {
            await program.DisposeAsync();
        }
    }

    /// <summary>This port if it is given and free, else one that is.</summary>
    public int PortOr(int wanted) => wanted != 0 && TryBind(wanted) is { } port ? port : TryBind(0)!.Value;

    private static string Program => ChildProgram.PathOf("Station", "cinnabar-station");

    private int? TryBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException) when (port != 0)
        {
            return null;
        }
    }
}
