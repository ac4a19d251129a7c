using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>A mirror is killed with SIGKILL at every step of a commit; whatever it said, its disk says too, and it never says anything else.</summary>
public sealed class MirrorKillTests : IDisposable
{
    private static readonly string[] s_steps =
    [
        SteppedStore.Signed, nameof(LogStep.TransactionBegun), nameof(LogStep.EntriesWritten), nameof(LogStep.TilesWritten), nameof(LogStep.HeadWritten),
        SteppedStore.Stored, SteppedStore.ReadBack, ChildMirror.Answered,
    ];

    private readonly TempFolder _folder = new();
    private readonly SampleCourts _courts = new(4);

    public void Dispose() => _folder.Dispose();

    /// <summary>Every step of the first commit, and every step of a later one.</summary>
    public static TheoryData<string, int> Steps()
    {
        var steps = new TheoryData<string, int>();
        foreach (var step in s_steps)
        {
            steps.Add(step, 1);
            steps.Add(step, 7);
        }

        return steps;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Mirror_killed_after_a_step_keeps_every_promise_and_goes_on(string step, int occurrence)
    {
        using var child = ChildProcess.Start("mirror-write", _folder.LogPath, step, $"{occurrence}");
        await child.ReadUntilAsync(null);

        // Of the steps before the commit only the earlier heads may be there; of those behind it this one, too.
        var answered = child.Lines.Count(l => l.StartsWith("COSIGNED ", StringComparison.Ordinal));
        Assert.InRange(answered, occurrence - 1, occurrence);
        await MirrorPromises.AssertKeptAsync(_folder.LogPath, _courts, [child]);
    }

    [Fact]
    public async Task Mirror_killed_again_and_again_keeps_every_promise()
    {
        List<ChildProcess> children = [];
        try
        {
            foreach (var step in s_steps)
            {
                var child = ChildProcess.Start("mirror-write", _folder.LogPath, step, "3");
                children.Add(child);
                await child.ReadUntilAsync(null);
            }

            await MirrorPromises.AssertKeptAsync(_folder.LogPath, _courts, children);
        }
        finally
        {
            children.ForEach(c => c.Dispose());
        }
    }
}
