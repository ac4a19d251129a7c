using System.Diagnostics;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>The court that lies, as a process of its own, and all that it says.</summary>
internal sealed class MaliciousProgram : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private MaliciousProgram(Process process) => _process = process;

    public static MaliciousProgram Start(DirectoryInfo data)
    {
        // artifacts/bin/<project>/<configuration>: the program of the same configuration as this one.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "MaliciousCourt", own.Name, "cinnabar-malicious-court.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "run", "--data", data.FullName])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var malicious = new MaliciousProgram(process);
        process.OutputDataReceived += (_, line) => malicious.Take(line.Data);
        process.ErrorDataReceived += (_, line) => malicious.Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        malicious.Await("ready");
        return malicious;
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void Tell(string lie)
    {
        _process.StandardInput.WriteLine("lie " + lie);
        _process.StandardInput.Flush();
        Await("lie ");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Await(string start)
    {
        var from = start == "ready" ? 0 : Lines.Count - 1;
        Shared.Eventually.Holds(
            () => Lines.Skip(Math.Max(0, from)).Any(l => l.StartsWith(start, StringComparison.Ordinal)) || _process.HasExited, $"the malicious court says {start}");
        Assert.False(_process.HasExited, string.Join('\n', Lines));
    }

    private void Take(string? line)
    {
        lock (_lines)
        {
            _lines.Add(line ?? "");
        }
    }
}
