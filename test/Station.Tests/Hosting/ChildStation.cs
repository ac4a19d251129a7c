using System.Diagnostics;
using System.Net;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The built station as a process of its own, which a test may kill.</summary>
internal sealed class ChildStation : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors = [];

    private ChildStation(Process process) => _process = process;

    public Uri Console { get; private set; } = null!;

    public Uri Uplink { get; private set; } = null!;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the station in a folder and waits until it is ready.</summary>
    /// <param name="fileKilobytesMax">No file of it grows beyond this (RLIMIT_FSIZE); null for no limit.</param>
    /// <param name="courts">Address and port for other courts, where an epoch was adopted.</param>
    public static ChildStation Start(DirectoryInfo data, int? fileKilobytesMax = null, IPEndPoint? courts = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "cinnabar-station.dll");
        var limit = fileKilobytesMax is { } max ? $"trap '' XFSZ; ulimit -f {max}; " : "";
        var start = new ProcessStartInfo("bash", ["-c", $"{limit}exec dotnet \"$0\" run --data \"$1\"", program, data.FullName])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CINNABAR_Station__ConsoleEndpoint"] = "127.0.0.1:0";
        start.Environment["CINNABAR_Station__UplinkEndpoint"] = "127.0.0.1:0";
        start.Environment["CINNABAR_Logging__LogLevel__Default"] = "Error";

        // Tests take a refused request for a fact that is quickly made; a court in earnest states some of them a minute.
        start.Environment["CINNABAR_Console__RefusalsPerMinuteMax"] = "10000";

        // The runtime keeps its compiled code in memory files, which the limit would bind as well.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        if (courts is not null)
        {
            start.Environment["CINNABAR_Courts__ListenEndpoint"] = courts.ToString();
        }

        var child = new ChildStation(Process.Start(start)!);
        child.AwaitReady(courts);
        return child;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void AwaitReady(IPEndPoint? courts)
    {
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data ?? "");
        _process.BeginErrorReadLine();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("cinnabar-station ready ", StringComparison.Ordinal))
            {
                var addresses = line.Split(' ')[2..].Select(a => new Uri(a)).ToArray();
                (Console, Uplink) = (addresses.Single(a => a.Scheme == "http"), addresses.Single(a => a.Scheme == "https" && a.Port != courts?.Port));
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        _process.WaitForExit();
        throw new InvalidOperationException($"The station ended with {_process.ExitCode}: {string.Join('\n', _errors)}");
    }
}
