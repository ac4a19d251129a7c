using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cinnabar.Demo;

/// <summary>One of our programs, running: its lines can be waited for, and it ends with us.</summary>
public sealed class ChildProgram : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Fits, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly StreamWriter _log;

    private ChildProgram(Process process, string logFile)
    {
        _process = process;
        _log = new StreamWriter(logFile) { AutoFlush = true };
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The folder with a program of the same configuration as this one.</summary>
    public static string PathOf(string project, string program)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/<project>/<configuration>
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, program);
    }

    public static ChildProgram Start(string program, IEnumerable<string> arguments, string logFile, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProgram(process, logFile);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="DemoException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exit, output) = await TryRunAsync(program, arguments, cancellationToken);
        return exit == 0 ? output : throw new DemoException($"{Path.GetFileName(program)} ended with {exit}:\n{output}");
    }

    public static async Task<(int Exit, string Output)> TryRunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>The first line, already there or still to come, that fits.</summary>
    /// <exception cref="DemoException">None came in time.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.FirstOrDefault(fits) is { } line)
            {
                return line;
            }

            _waiting.Add((fits, found));
        }

        try
        {
            return await found.Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_lines)
            {
                throw new DemoException($"{what} did not happen within {limit.TotalSeconds:0} s. Last lines:\n{string.Join('\n', _lines.TakeLast(15))}");
            }
        }
    }

    /// <summary>Waits until the program ends by itself.</summary>
    /// <returns>Its exit code and all that it said.</returns>
    /// <exception cref="DemoException">It did not end in time.</exception>
    public async Task<(int Exit, string Output)> EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new DemoException($"It did not end within {limit.TotalSeconds:0} s. What it said:\n{Said()}");
        }

        return (_process.ExitCode, Said());
    }

    /// <summary>Asks the program to end, and ends it when it does not listen.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
        {
            return;
        }

        _ = Kill(_process.Id, SigTerm);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends the program as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private string Said()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
            _log.WriteLine(line);
            foreach (var (fits, found) in _waiting.Where(w => w.Fits(line)).ToArray())
            {
                found.TrySetResult(line);
            }

            _waiting.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
