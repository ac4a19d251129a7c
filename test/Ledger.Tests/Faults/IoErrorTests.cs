using System.ComponentModel;
using System.Diagnostics;
using Cinnabar.Ledger.Sqlite;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>
/// One commit of a real child process, and in it every single write and sync fails once: EIO and ENOSPC by strace, short writes by a file
/// size limit that the kernel enforces in the middle of the write. Whatever fails, the child acknowledges nothing that is not durable, its
/// writer stops and says why, its readers go on, and the next start recovers.
/// </summary>
public sealed class IoErrorTests : IAsyncLifetime
{
    private const int FirstEntry = 1000;

    private readonly TempFolder _folder = new();
    private IReadOnlyList<Strace.Call> _calls = [];

    /// <summary>A log of some entries to start from, and the list of system calls that one more commit makes.</summary>
    public async ValueTask InitializeAsync()
    {
        using (var store = SqliteLogStore.Open(Path.Combine(_folder.Path, "base.db")))
        {
            await using var log = TestLog.Open(store);
            await TestLog.AppendAsync(log, 1, 400);
        }
        var (child, calls) = await RunAsync("calm", inject: null, fileSizeMax: null);
        using (child)
        {
            _calls = calls;
            Assert.Equal(3, child.Numbers("ACK").Count());
            Assert.Contains("HEALTH None ", child.Lines);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void One_commit_writes_and_syncs_twice_into_the_write_ahead_log()
    {
        Assert.All(_calls, call => Assert.Equal("log.db-wal", call.File));
        Assert.True(_calls.Count(call => call.Name == "pwrite64") >= 10);
        // Entries, tiles and head; then the signed checkpoint. A fresh write-ahead log's header is synced besides.
        Assert.InRange(_calls.Count(call => call.Name != "pwrite64"), 2, 3);
        Assert.NotEqual("pwrite64", _calls[^1].Name);
    }

    [Theory]
    [InlineData("EIO", LogStopReason.StoreFailed)]
    [InlineData("ENOSPC", LogStopReason.StoreFull)]
    public async Task Error_at_any_write_or_sync_stops_the_writer_and_loses_nothing(string error, LogStopReason reason)
    {
        foreach (var (name, occurrence) in EveryCall())
        {
            // A sync that finds no room is not a full disk to SQLite, but an error like any other.
            var expected = name == "pwrite64" ? reason : LogStopReason.StoreFailed;
            var (child, calls) = await RunAsync($"{error}-{name}-{occurrence}", $"{name}:error={error}:when={occurrence}", fileSizeMax: null);
            using (child)
            {
                Assert.Contains(calls, call => call.Name == name && call.Result.Contains("INJECTED", StringComparison.Ordinal));
                await AssertStoppedAsync(child, expected, $"{error}-{name}-{occurrence}");
            }
        }
    }

    [Fact]
    public async Task Short_write_at_any_write_stops_the_writer_and_loses_nothing()
    {
        var writes = _calls.Where(call => call.Name == "pwrite64").ToArray();
        Assert.Equal(writes.Select(write => write.Offset).Order(), writes.Select(write => write.Offset));
        foreach (var write in writes)
        {
            var limit = write.Offset + (write.Length / 2);
            var (child, calls) = await RunAsync($"short-{limit}", inject: null, limit);
            using (child)
            {
                Assert.Contains(calls, call => call.Offset == write.Offset && call.Result == $"{write.Length / 2}");
                await AssertStoppedAsync(child, LogStopReason.StoreFailed, $"short-{limit}");
            }
        }
    }

    private async Task AssertStoppedAsync(ChildProcess child, LogStopReason reason, string name)
    {
        Assert.Empty(child.Numbers("ACK"));
        Assert.Equal(3, child.Lines.Count(line => line.EndsWith(" Stopped", StringComparison.Ordinal)));
        Assert.Contains(child.Lines, line => line.StartsWith($"HEALTH {reason} SQLite could not commit ", StringComparison.Ordinal));
        Assert.Contains("READS", child.Lines);
        await Promises.AssertKeptAsync(LogOf(name), [child]);
    }

    /// <summary>Each call by its name and how many of that name came before it, which is how strace counts.</summary>
    private IEnumerable<(string Name, int Occurrence)> EveryCall() =>
        _calls.GroupBy(call => call.Name).SelectMany(same => same.Select((_, i) => (same.Key, i + 1)));

    private async Task<(ChildProcess Child, IReadOnlyList<Strace.Call> Calls)> RunAsync(string name, string? inject, long? fileSizeMax)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogOf(name))!);
        File.Copy(Path.Combine(_folder.Path, "base.db"), LogOf(name));
        var child = ChildProcess.Start("once", LogOf(name), $"{FirstEntry}");
        try
        {
            await child.ReadUntilAsync("READY");
            if (fileSizeMax is { } limit)
            {
                await LimitFileSizeAsync(child.Id, limit);
            }
            using var strace = await Strace.AttachAsync(child.Id, inject);
            child.Say("go");
            await child.ReadUntilAsync(null);
            return (child, await strace.ReadCallsAsync());
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    private string LogOf(string name) => Path.Combine(_folder.Path, name, "log.db");

    private static async Task LimitFileSizeAsync(int processId, long limit)
    {
        try
        {
            using var prlimit = Process.Start("prlimit", ["--pid", $"{processId}", $"--fsize={limit}"]);
            await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, prlimit.ExitCode);
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("This test needs prlimit (Debian package util-linux).", exception);
        }
    }
}
