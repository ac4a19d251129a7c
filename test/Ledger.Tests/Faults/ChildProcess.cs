using System.Diagnostics;
using System.Globalization;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>A <see cref="ChildWriter"/> in its own process, and every line it said.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public List<string> Lines { get; } = [];

    public static ChildProcess Start(params string[] args)
    {
        // SIGXFSZ ignored is inherited: a write beyond the file size limit then fails with EFBIG, like a full disk, and does not kill.
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var part in (string[])["-c", "trap '' XFSZ; exec \"$@\"", "sh", Environment.ProcessPath!, .. HostArguments(), "child", .. args])
        {
            start.ArgumentList.Add(part);
        }
        return new ChildProcess(Process.Start(start)!);
    }

    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until a line begins with <paramref name="start"/>, or, with null, until the child is gone.</summary>
    public async Task ReadUntilAsync(string? start)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_deadline);
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            Lines.Add(line);
            if (start is not null && line.StartsWith(start, StringComparison.Ordinal))
            {
                return;
            }
        }
        if (start is not null)
        {
            throw new InvalidOperationException($"The child ended without saying {start}. It said: {string.Join(" | ", Lines)}");
        }
        await _process.WaitForExitAsync(deadline.Token);
    }

    public async Task ReadLinesAsync(int count)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_deadline);
        for (var i = 0; i < count && await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line; i++)
        {
            Lines.Add(line);
        }
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await ReadUntilAsync(null);
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

    /// <summary>Under <c>dotnet test</c> this process may be the test program itself or the dotnet host with it as an argument.</summary>
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.Ordinal)
            ? [typeof(ChildProcess).Assembly.Location]
            : [];

    /// <summary>The numbers behind every line of a kind, such as ACK.</summary>
    public IEnumerable<long[]> Numbers(string kind) =>
        Lines.Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1..].Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray());
}
