using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>strace attached to a child: lists its writes, or makes one of them fail.</summary>
internal sealed partial class Strace : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _rest;

    private Strace(Process process)
    {
        _process = process;
        _rest = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Attaches to all threads of a process and returns when it has.</summary>
    /// <param name="processId">The child.</param>
    /// <param name="inject">An expression of strace's <c>--inject</c>, or null to only look.</param>
    public static async Task<Strace> AttachAsync(int processId, string? inject)
    {
        var start = new ProcessStartInfo("strace") { RedirectStandardError = true };
        foreach (var part in (string[])["-f", "-y", "-s", "0", "-e", "trace=pwrite64,fsync,fdatasync", "-p", processId.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(part);
        }
        if (inject is not null)
        {
            start.ArgumentList.Add("--inject=" + inject);
        }
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("These tests need strace (Debian package strace).", exception);
        }
        using var deadline = new CancellationTokenSource(s_deadline);
        var said = await process.StandardError.ReadLineAsync(deadline.Token);
        if (said?.Contains("attached", StringComparison.Ordinal) != true)
        {
            await process.WaitForExitAsync(deadline.Token);
            process.Dispose();
            throw new InvalidOperationException($"These tests need ptrace, which is refused here: {said}");
        }
        return new Strace(process);
    }

    /// <summary>The child's calls on files of the log, in order, once the child is gone.</summary>
    public async Task<IReadOnlyList<Call>> ReadCallsAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        var trace = await _rest.WaitAsync(deadline.Token);
        return [.. CallLine().Matches(trace).Select(match => new Call(
            match.Groups["name"].Value,
            Path.GetFileName(match.Groups["file"].Value),
            Number(match.Groups["length"]),
            Number(match.Groups["offset"]),
            match.Groups["result"].Value))];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private static long Number(Group group) => group.Success ? long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("""(?<name>pwrite64|fsync|fdatasync)\(\d+<(?<file>[^>]*)>(?:, ""(?:\.\.\.)?, (?<length>\d+), (?<offset>\d+))?\)\s*= (?<result>.*)""")]
    private static partial Regex CallLine();

    /// <summary>One system call of the child.</summary>
    internal sealed record Call(string Name, string File, long Length, long Offset, string Result);
}
