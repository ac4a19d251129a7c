using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests;

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
    public async Task Entry_that_the_policy_refuses_does_not_enter()
    {
        var refusal = new EntryRefusal(120, "The signature does not verify.");
        await using var log = TestLog.Open(_store, policy: entry => entry.Span[6] == '2' ? refusal : null);

        var results = await TestLog.AppendAsync(log, 1, 3);

        Assert.Equal(new AppendResult(AppendStatus.Refused, -1, 0, refusal), results[1]);
        Assert.Equal([1, 2], [results[0].Index, results[2].Index]);
        Assert.Null(log.Find(Digest.Of(TestLog.Entry(2))));
    }

    [Fact]
    public async Task Policy_that_throws_answers_its_caller_and_the_log_goes_on()
    {
        await using var log = TestLog.Open(_store, policy: entry => entry.Span[6] == '1' ? throw new FormatException("odd") : null);

        await Assert.ThrowsAsync<FormatException>(async () => await log.AppendAsync(TestLog.Entry(1), Cancellation));
        Assert.Equal(AppendStatus.Sequenced, (await log.AppendAsync(TestLog.Entry(2), Cancellation)).Status);
    }

    [Fact]
    public async Task Empty_and_overlong_entries_are_refused_and_the_longest_is_taken()
    {
        await using var log = TestLog.Open(_store);

        Assert.Equal(AppendStatus.Empty, (await log.AppendAsync(default, Cancellation)).Status);
        Assert.Equal(AppendStatus.TooLong, (await log.AppendAsync(new byte[65_536], Cancellation)).Status);
        Assert.Equal(AppendStatus.Sequenced, (await log.AppendAsync(new byte[65_535], Cancellation)).Status);
    }

    [Fact]
    public async Task Full_queue_answers_busy_at_once_and_recovers()
    {
        using var gate = new ManualResetEventSlim();
        var options = new CourtLogOptions { BatchWindow = TimeSpan.Zero, QueueEntriesMax = 4, CheckThreads = 1 };
        await using var log = TestLog.Open(_store, options, _ =>
        {
            gate.Wait(Cancellation);
            return null;
        });

        // At most one batch (4) is in the writer's hands and 4 in the queue, so of 9 at least one is turned away.
        var appends = Enumerable.Range(1, 9).Select(i => log.AppendAsync(TestLog.Entry(i), Cancellation).AsTask()).ToArray();
        Assert.Contains(appends, append => append.IsCompleted && append.Result.Status == AppendStatus.Busy);
        gate.Set();
        await Task.WhenAll(appends);

        Assert.Equal(AppendStatus.Sequenced, (await log.AppendAsync(TestLog.Entry(99), Cancellation)).Status);
    }

    [Fact]
    public async Task Queue_full_of_bytes_answers_busy()
    {
        using var gate = new ManualResetEventSlim();
        var options = new CourtLogOptions { BatchWindow = TimeSpan.Zero, QueueBytesMax = 64 * 1024, BatchEntriesMax = 1, CheckThreads = 1 };
        await using var log = TestLog.Open(_store, options, _ =>
        {
            gate.Wait(Cancellation);
            return null;
        });

        var appends = Enumerable.Range(1, 4).Select(i => log.AppendAsync(TestLog.Entry(i, 30_000), Cancellation).AsTask()).ToArray();
        Assert.Contains(appends, append => append.IsCompleted && append.Result.Status == AppendStatus.Busy);
        gate.Set();
        await Task.WhenAll(appends);
    }

    [Fact]
    public async Task Cancelled_append_may_be_repeated_to_learn_its_index()
    {
        using var gate = new ManualResetEventSlim();
        await using var log = TestLog.Open(_store, policy: _ =>
        {
            gate.Wait(Cancellation);
            return null;
        });
        using var impatient = new CancellationTokenSource();
        var append = log.AppendAsync(TestLog.Entry(1), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await append);
        gate.Set();
        var again = await log.AppendAsync(TestLog.Entry(1), Cancellation);
        Assert.Equal(1, again.Index);
        Assert.Equal(2, log.Head.Size);
    }

    [Fact]
    public async Task Proofs_lead_to_every_root_the_log_has_had()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 700);
        var size = log.Head.Size;

        foreach (var older in new[] { 1L, 2, 255, 256, 257, 512, 700, size })
        {
            var root = log.RootAt(older);
            Assert.True(log.ProveConsistency(older, size).Verify(root, log.Head.Root));
            Assert.True(log.ProveInclusion(older - 1, older).Verify(TreeHash.OfLeaf(log.ReadEntry(older - 1)!.Value.Span), root));
        }
    }

    [Fact]
    public async Task Proof_beyond_the_head_is_refused()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveInclusion(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveInclusion(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveConsistency(2, 5));
        Assert.Null(log.ReadEntry(4));
        Assert.Null(log.ReadEntry(-1));
        Assert.Null(log.ReadCheckpoint(5));
    }

    [Fact]
    public async Task Receipt_verifies_offline()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 300);

        var receipt = await log.ReceiptAsync(42, Cancellation);

        var verdict = ReceiptVerifier.Verify(receipt, TestLog.Entry(42), TestLog.Origin, TestLog.PublicKey, out var root);
        Assert.Equal(ReceiptVerdict.Valid, verdict);
        Assert.Equal(log.Head.Root, root);
    }

    [Fact]
    public async Task Receipt_for_the_genesis_entry_waits_for_a_second_entry()
    {
        await using var log = TestLog.Open(_store);
        var receipt = log.ReceiptAsync(0, Cancellation).AsTask();
        Assert.False(receipt.IsCompleted);

        await log.AppendAsync(TestLog.Entry(1), Cancellation);

        var verdict = ReceiptVerifier.Verify(await receipt, TestLog.Genesis, TestLog.Origin, TestLog.PublicKey, out _);
        Assert.Equal(ReceiptVerdict.Valid, verdict);
    }

    [Fact]
    public async Task Receipt_that_cannot_come_any_more_says_so()
    {
        var log = TestLog.Open(_store);
        var receipt = log.ReceiptAsync(17, Cancellation).AsTask();
        await log.DisposeAsync();

        await Assert.ThrowsAsync<LogStoppedException>(() => receipt);
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

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var options = new CourtLogOptions { BatchEntriesMax = 0, CheckThreads = 0, BatchWindow = TimeSpan.FromSeconds(-1) };
        var failure = Assert.Throws<ArgumentException>(() => TestLog.Open(_store, options));
        Assert.Contains("BatchWindow, BatchEntriesMax, CheckThreads", failure.Message, StringComparison.Ordinal);
    }

    private static CheckpointVerdict Verify(ReadOnlyMemory<byte> note, out Checkpoint? checkpoint) =>
        CheckpointVerifier.Verify(note.Span, TestLog.Origin, [TestLog.NoteKey], out checkpoint);
}
