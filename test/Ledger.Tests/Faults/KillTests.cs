namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>The writer is killed with SIGKILL; nothing it promised may be lost.</summary>
public sealed class KillTests : IDisposable
{
    private const int RandomKills = 25;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every step of creating the log, and every step of a later commit.</summary>
    public static TheoryData<string, int> Steps()
    {
        var steps = new TheoryData<string, int>();
        foreach (var step in Enum.GetValues<LogStep>())
        {
            steps.Add(step.ToString(), 1);
            steps.Add(step.ToString(), 4);
        }
        return steps;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Writer_killed_after_a_step_keeps_every_promise(string step, int occurrence)
    {
        using var child = ChildProcess.Start("write", _folder.LogPath, "1", step, occurrence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await child.ReadUntilAsync(null);

        Assert.DoesNotContain(child.Lines, line => line.StartsWith("NAK", StringComparison.Ordinal));
        await Promises.AssertKeptAsync(_folder.LogPath, [child]);
    }

    /// <summary>One log, killed again and again at moments of a seeded generator, checked after each; a run names its seed.</summary>
    [Theory]
    [InlineData(20260801)]
    public async Task Writer_killed_at_random_moments_again_and_again_keeps_every_promise(int seed)
    {
#pragma warning disable CA5394 // A seeded generator is wanted: the run can be repeated.
        var random = new Random(seed);
        var children = new List<ChildProcess>();
        try
        {
            long size = 1;
            for (var kill = 0; kill < RandomKills; kill++)
            {
                var child = ChildProcess.Start("write", _folder.LogPath, $"{size + (kill * 10_000)}");
                children.Add(child);
                await child.ReadLinesAsync(random.Next(0, 60));
                SpinFor(random.Next(0, 3000));
                await child.KillAsync();
                var after = await Promises.AssertKeptAsync(_folder.LogPath, children);
                Assert.True(after >= size, $"Seed {seed}, kill {kill}: the log went from {size} to {after}.");
                size = after;
            }
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
#pragma warning restore CA5394
    }

    /// <summary>Moves the kill within a commit, which takes less time than any timer has.</summary>
    private static void SpinFor(int microseconds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
            Thread.SpinWait(20);
        }
    }
}
