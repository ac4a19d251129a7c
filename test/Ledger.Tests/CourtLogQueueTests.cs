using Cinnabar.Evidence;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests;

/// <summary>What may not enter, what must wait, and what the limits are.</summary>
public sealed class CourtLogQueueTests : IDisposable
{
    private readonly MemoryLogStore _store = new();

    public void Dispose() => _store.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public void Options_out_of_range_are_all_named()
    {
        var options = new CourtLogOptions { BatchEntriesMax = 0, CheckThreads = 0, BatchWindow = TimeSpan.FromSeconds(-1) };
        var failure = Assert.Throws<ArgumentException>(() => TestLog.Open(_store, options));
        Assert.Contains("BatchWindow, BatchEntriesMax, CheckThreads", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A batch goes to a mirror in one push, with its header, or never.</summary>
    [Fact]
    public void Largest_batch_fits_into_one_push()
    {
        var largest = new CourtLogOptions { BatchEntriesMax = MirrorPush.EntriesMax - 1, BatchBytesMax = 4_000_000 };
        largest.Validate();
        Assert.True(largest.BatchBytesMax + CourtLogOptions.EntryLengthMax <= MirrorPush.EntryBytesMax);

        Assert.Throws<ArgumentException>(() => TestLog.Open(_store, new CourtLogOptions { BatchEntriesMax = MirrorPush.EntriesMax }));
        Assert.Throws<ArgumentException>(() => TestLog.Open(_store, new CourtLogOptions { BatchBytesMax = MirrorPush.EntryBytesMax }));
    }
}
