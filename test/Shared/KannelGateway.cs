using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Cinnabar.Shared;

/// <summary>A real Kannel text message gateway: bearerbox, smsbox and, as its phone network, Kannel's own fakesmsc.</summary>
/// <remarks>Debian packages kannel and kannel-extras. Everything lives on free loopback ports and in a temporary folder, so several run side by side.</remarks>
public sealed class KannelGateway : IAsyncDisposable
{
    private static readonly string[] s_programs = ["/usr/sbin/bearerbox", "/usr/sbin/smsbox", "/usr/lib/kannel/test/fakesmsc"];
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-kannel-").FullName;
    private readonly List<Process> _processes = [];
    private readonly KannelPhones _phones = new();
    private readonly int _adminPort = FreePort();
    private readonly int _boxPort = FreePort();
    private readonly int _networkPort = FreePort();
    private readonly int _sendPort = FreePort();

    private KannelGateway()
    {
    }

    /// <summary>Where messages are handed in.</summary>
    public Uri SendSmsUrl => new($"http://127.0.0.1:{_sendPort}/cgi-bin/sendsms");

    /// <summary>Name of the sendsms user.</summary>
    public string UserName { get; } = "court";

    /// <summary>Its password.</summary>
    public string UserPassword { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <summary>The phones behind the gateway.</summary>
    public KannelPhones Phones => _phones;

    /// <summary>What is missing on this machine, or null.</summary>
    public static string? Missing() =>
        Array.Find(s_programs, p => !File.Exists(p)) is { } path
            ? $"{path} is missing: apt-get install kannel kannel-extras"
            : null;

    /// <summary>Starts the three programs and waits until the gateway reports its network connection as up.</summary>
    /// <exception cref="InvalidOperationException">Kannel is not installed, or did not come up; the message holds its last words.</exception>
    public static async Task<KannelGateway> StartAsync(CancellationToken cancellationToken)
    {
        if (Missing() is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var gateway = new KannelGateway();
        try
        {
            await gateway.ComeUpAsync(cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the three programs and removes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        _processes.Clear();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ComeUpAsync(CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(_folder, "kannel.conf");
        await File.WriteAllTextAsync(configuration, Configuration(), cancellationToken);
        using var client = new HttpClient();
        var started = Stopwatch.StartNew();
        Start(s_programs[0], [configuration]);
        await UntilStatusHoldsAsync(client, "Status: running", started, cancellationToken);
        Start(s_programs[1], [configuration]);
        // -m 0: its own messages are none; it only takes what is sent.
        Start(s_programs[2], ["-H", "127.0.0.1", "-r", Text(_networkPort), "-m", "0", "0 0 text none"], _phones.Read);
        await UntilStatusHoldsAsync(client, "smsbox:", started, cancellationToken);
        await UntilStatusHoldsAsync(client, "(online", started, cancellationToken);
    }

    private async Task UntilStatusHoldsAsync(HttpClient client, string sign, Stopwatch started, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var status = await client.GetStringAsync(new Uri($"http://127.0.0.1:{_adminPort}/status.txt?password={UserPassword}"), cancellationToken);
                if (status.Contains(sign, StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (started.Elapsed > s_startLimit || _processes.Exists(p => p.HasExited))
            {
                throw new InvalidOperationException($"Kannel did not reach '{sign}'. {LastWords()}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private string LastWords()
    {
        var log = Path.Combine(_folder, "bearerbox.log");
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(5)) : "It wrote no log.";
    }

    private void Start(string program, string[] arguments, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _processes.Add(process);
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is not null)
            {
                onLine?.Invoke(line.Data);
            }
        };
        process.ErrorDataReceived += read;
        process.OutputDataReceived += read;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    private string Configuration() => string.Join('\n',
    [
        "group = core",
        $"admin-port = {_adminPort}", "admin-interface = 127.0.0.1", $"admin-password = {UserPassword}",
        $"smsbox-port = {_boxPort}", "smsbox-interface = 127.0.0.1", "box-allow-ip = 127.0.0.1",
        $"log-file = \"{Path.Combine(_folder, "bearerbox.log")}\"", "log-level = 2", "dlr-storage = internal", "",
        "group = smsc", "smsc = fake", "smsc-id = NETWORK", $"port = {_networkPort}", "connect-allow-ip = 127.0.0.1", "",
        "group = smsbox", "bearerbox-host = 127.0.0.1", $"bearerbox-port = {_boxPort}",
        $"sendsms-port = {_sendPort}", "sendsms-interface = 127.0.0.1",
        $"log-file = \"{Path.Combine(_folder, "smsbox.log")}\"", "log-level = 2", "",
        "group = sendsms-user", $"username = {UserName}", $"password = {UserPassword}", "max-messages = 10", "concatenation = true", "",
        "group = sms-service", "keyword = default", "text = \"none\"", "max-messages = 0", "",
    ]);

    // Below the range that the kernel gives to outgoing connections and to port 0: between our looking and Kannel's
    // listening, tests beside us open thousands of those.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
