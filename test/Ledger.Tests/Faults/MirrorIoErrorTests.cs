using System.Diagnostics;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>
/// One commit of a real mirror, and in it every single write and sync fails once, as in <see cref="IoErrorTests"/>. Whatever fails, no
/// cosignature leaves that is not on the disk, the mirror halts and says so, and the next start has the old head or the new one.
/// </summary>
public sealed class MirrorIoErrorTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SampleCourts _courts = new(4);
    private IReadOnlyList<Strace.Call> _calls = [];

    public async ValueTask InitializeAsync()
    {
        using (var first = ChildProcess.Start("mirror-write", Path.Combine(_folder.Path, "base.db"), ChildMirror.Answered, "20"))
        {
            await first.ReadUntilAsync(null);
        }

        var (child, calls) = await RunAsync("calm", inject: null, fileSizeMax: null);
        using (child)
        {
            _calls = calls;
            Assert.Contains(child.Lines, l => l.StartsWith("COSIGNED ", StringComparison.Ordinal));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void One_commit_is_synced_once_behind_all_its_writes()
    {
        Assert.True(_calls.Count(c => c.Name == "pwrite64") >= 5);
        Assert.NotEqual("pwrite64", _calls[^1].Name);
    }

    [Theory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    public async Task Error_at_any_write_or_sync_halts_the_mirror_and_vouches_for_nothing(string error)
    {
        foreach (var (name, occurrence) in _calls.GroupBy(c => c.Name).SelectMany(same => same.Select((_, i) => (same.Key, i + 1))))
        {
            var (child, calls) = await RunAsync($"{error}-{name}-{occurrence}", $"{name}:error={error}:when={occurrence}", fileSizeMax: null);
            using (child)
            {
                Assert.Contains(calls, call => call.Name == name && call.Result.Contains("INJECTED", StringComparison.Ordinal));
                await AssertHaltedAsync(child, $"{error}-{name}-{occurrence}");
            }
        }
    }

    [Fact]
    public async Task Short_write_at_any_write_halts_the_mirror_and_vouches_for_nothing()
    {
        foreach (var write in _calls.Where(c => c.Name == "pwrite64"))
        {
            var limit = write.Offset + (write.Length / 2);
            var (child, calls) = await RunAsync($"short-{limit}", inject: null, limit);
            using (child)
            {
                Assert.Contains(calls, call => call.Offset == write.Offset && call.Result == $"{write.Length / 2}");
                await AssertHaltedAsync(child, $"short-{limit}");
            }
        }
    }

    private async Task AssertHaltedAsync(ChildProcess child, string name)
    {
        Assert.DoesNotContain(child.Lines, l => l.StartsWith("COSIGNED ", StringComparison.Ordinal));
        Assert.Contains(child.Lines, l => l.StartsWith("ANSWER Halted ", StringComparison.Ordinal));
        await MirrorPromises.AssertKeptAsync(LogOf(name), _courts, [child]);
    }

    private async Task<(ChildProcess Child, IReadOnlyList<Strace.Call> Calls)> RunAsync(string name, string? inject, long? fileSizeMax)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogOf(name))!);
        foreach (var file in Directory.GetFiles(_folder.Path, "base.db*"))
        {
            File.Copy(file, LogOf(name) + Path.GetFileName(file)["base.db".Length..]);
        }

        var child = ChildProcess.Start("mirror-once", LogOf(name));
        try
        {
            await child.ReadUntilAsync("READY");
            if (fileSizeMax is { } limit)
            {
                using var prlimit = Process.Start("prlimit", ["--pid", $"{child.Id}", $"--fsize={limit}"]);
                await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Equal(0, prlimit.ExitCode);
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
}
