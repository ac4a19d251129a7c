using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests;

/// <summary>Entries, their order, the head over them, and the log from its first entry to its end.</summary>
public sealed class CourtLogTests : IDisposable
{
    private readonly MemoryLogStore _store = new();

    public void Dispose() => _store.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_log_holds_its_genesis_entry_under_a_signed_checkpoint()
    {
        await using var log = TestLog.Open(_store);

        Assert.True(log.Health.IsWriting);
        Assert.Equal(1, log.Head.Size);
        Assert.Equal(TestLog.Genesis, log.ReadEntry(0)!.Value);
        Assert.Equal(CheckpointVerdict.Valid, Verify(log.Head.Checkpoint, out var checkpoint));
        Assert.Equal(TreeHash.OfLeaf(TestLog.Genesis), checkpoint!.Root);
    }

    [Fact]
    public async Task Appended_entry_gets_the_next_index_and_is_covered_by_the_signed_head()
    {
        await using var log = TestLog.Open(_store);

        var result = await log.AppendAsync(TestLog.Entry(1), Cancellation);

        Assert.Equal(new AppendResult(AppendStatus.Sequenced, 1, 2, null), result);
        Assert.Equal(TestLog.Entry(1), log.ReadEntry(1)!.Value);
        Assert.Equal(1, log.Find(Digest.Of(TestLog.Entry(1))));
        Assert.Equal(CheckpointVerdict.Valid, Verify(log.Head.Checkpoint, out var checkpoint));
        Assert.Equal(2, checkpoint!.Size);
        Assert.Equal(log.Head.Checkpoint, log.ReadCheckpoint(2)!.Value);
    }

    [Fact]
    public async Task Entries_keep_the_order_in_which_they_were_appended()
    {
        var options = new CourtLogOptions { CheckThreads = 8 };
        await using var log = TestLog.Open(_store, options);

        var results = await TestLog.AppendAsync(log, 1, 2000);

        Assert.Equal(Enumerable.Range(1, 2000).Select(i => (long)i), results.Select(result => result.Index));
        Assert.All(results, result => Assert.True(result.TreeSize > result.Index));
    }

    [Fact]
    public async Task Same_bytes_again_get_the_first_index_and_add_nothing()
    {
        await using var log = TestLog.Open(_store);
        await log.AppendAsync(TestLog.Entry(1), Cancellation);

        var again = await log.AppendAsync(TestLog.Entry(1), Cancellation);

        Assert.Equal(new AppendResult(AppendStatus.AlreadySequenced, 1, 2, null), again);
        Assert.Equal(2, log.Head.Size);
    }

    [Fact]
    public async Task Same_bytes_twice_in_one_batch_enter_once()
    {
        await using var log = TestLog.Open(_store, new CourtLogOptions { BatchWindow = TimeSpan.FromSeconds(1), BatchEntriesMax = 3 });

        var first = log.AppendAsync(TestLog.Entry(1), Cancellation).AsTask();
        var twin = log.AppendAsync(TestLog.Entry(1), Cancellation).AsTask();
        var other = log.AppendAsync(TestLog.Entry(2), Cancellation).AsTask();

        Assert.Equal(new AppendResult(AppendStatus.Sequenced, 1, 3, null), await first);
        Assert.Equal(new AppendResult(AppendStatus.AlreadySequenced, 1, 3, null), await twin);
        Assert.Equal(new AppendResult(AppendStatus.Sequenced, 2, 3, null), await other);
    }

    [Fact]
    public async Task Genesis_entry_appended_again_is_already_there()
    {
        await using var log = TestLog.Open(_store);
        Assert.Equal(new AppendResult(AppendStatus.AlreadySequenced, 0, 1, null), await log.AppendAsync(TestLog.Genesis, Cancellation));
    }

    [Fact]
    public async Task Follower_gets_every_entry_once_and_in_order_and_ends_with_the_log()
    {
        var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 300);
        var seen = new List<SequencedEntry>();
        var follower = Task.Run(
            async () =>
            {
                await foreach (var entry in log.Follow(5, Cancellation))
                {
                    seen.Add(entry);
                }
            },
            Cancellation);
        await TestLog.AppendAsync(log, 301, 400);
        await log.DisposeAsync();
        await follower;

        Assert.Equal(Enumerable.Range(5, 696).Select(i => (long)i), seen.Select(entry => entry.Index));
        Assert.All(seen, entry => Assert.Equal(TestLog.Entry((int)entry.Index), entry.Bytes));
    }

    [Fact]
    public async Task Closed_log_finishes_what_it_took_and_takes_no_more()
    {
        var log = TestLog.Open(_store, new CourtLogOptions { BatchWindow = TimeSpan.FromSeconds(1) });
        var append = log.AppendAsync(TestLog.Entry(1), Cancellation).AsTask();
        await log.DisposeAsync();

        Assert.Equal(AppendStatus.Sequenced, (await append).Status);
        Assert.Equal(AppendStatus.Stopped, (await log.AppendAsync(TestLog.Entry(2), Cancellation)).Status);
        Assert.Equal(LogStopReason.Closed, log.Health.Reason);
        Assert.Equal(TestLog.Entry(1), log.ReadEntry(1)!.Value);
    }

    [Fact]
    public async Task Opened_again_the_log_goes_on_where_it_was()
    {
        ReadOnlyMemory<byte> signed;
        await using (var log = TestLog.Open(_store))
        {
            await TestLog.AppendAsync(log, 1, 600);
            signed = log.Head.Checkpoint;
        }
        await using var again = TestLog.Open(_store);

        Assert.Equal(signed, again.Head.Checkpoint);
        var result = await again.AppendAsync(TestLog.Entry(601), Cancellation);
        Assert.Equal(601, result.Index);
        Assert.True((await TestLog.FsckAsync(_store)).IsSound);
    }

    private static CheckpointVerdict Verify(ReadOnlyMemory<byte> note, out Checkpoint? checkpoint) =>
        CheckpointVerifier.Verify(note.Span, TestLog.Origin, [TestLog.NoteKey], out checkpoint);
}
