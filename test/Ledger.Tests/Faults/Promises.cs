using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Sqlite;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>Opens a broken child's log and holds it to everything the child said.</summary>
internal static class Promises
{
    /// <returns>The size of the log afterwards.</returns>
    public static async Task<long> AssertKeptAsync(string path, IReadOnlyList<ChildProcess> children)
    {
        using var store = SqliteLogStore.Open(path);
        await using var log = TestLog.Open(store);
        Assert.True(log.Health.IsWriting, log.Health.Sentence);
        var report = await TestLog.FsckAsync(store);
        Assert.True(report.IsSound, report.Sentence);
        Assert.Equal(log.Head.Size, report.TreeSize);
        foreach (var child in children)
        {
            foreach (var ack in child.Numbers("ACK"))
            {
                Assert.Equal(TestLog.Entry((int)ack[0]), log.ReadEntry(ack[1])!.Value);
            }
            foreach (var text in child.Lines.Where(line => line.StartsWith("SIGNED ", StringComparison.Ordinal)))
            {
                Assert.True(Checkpoint.TryParse(Encoding.UTF8.GetString(Convert.FromBase64String(text.Split(' ')[1])), out var signed));
                Assert.True(signed.Size <= log.Head.Size, $"Size {signed.Size} was signed, the log now has {log.Head.Size}.");
                Assert.Equal(signed.Root, log.RootAt(signed.Size));
            }
        }
        var next = await log.AppendAsync(Encoding.UTF8.GetBytes($"after {report.TreeSize}"), TestContext.Current.CancellationToken);
        Assert.Equal(report.TreeSize, next.Index);
        return log.Head.Size;
    }
}
