using Cinnabar.Ledger.Courts;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>What every court's memory keeps. A reopened one stands for the court after a restart.</summary>
public abstract class CourtMemoryConformance : IDisposable
{
    private const string Log = "log.one.example/1";
    private const string OtherLog = "log.two.example/1";

    private static readonly DateTimeOffset s_at = new(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero);

    protected abstract ICourtMemory Memory { get; }

    public abstract void Dispose();

    protected abstract void Reopen();

    [Fact]
    public void Nothing_is_known_of_a_log_that_nothing_was_kept_of()
    {
        Assert.Empty(Memory.ReadEvidence(Log));
        Assert.Null(Memory.ReadSeal(Log, 1));
        Assert.Null(Memory.ReadFinal(Log));
    }

    [Fact]
    public void Evidence_is_read_in_the_order_it_came_with_its_times_and_by_its_log()
    {
        Memory.SaveEvidence(Log, Evidence(2));
        Memory.SaveEvidence(OtherLog, Evidence(9));
        Memory.SaveEvidence(Log, Evidence(1, s_at.AddMinutes(1)));
        Reopen();

        Assert.Equal([2, 1], Memory.ReadEvidence(Log).Select(e => e.Bytes.Span[0]));
        Assert.Equal([s_at, s_at.AddMinutes(1)], Memory.ReadEvidence(Log).Select(e => e.At));
        Assert.Equal([9], Memory.ReadEvidence(OtherLog).Select(e => e.Bytes.Span[0]));
    }

    [Fact]
    public void Evidence_that_comes_twice_stays_as_it_was()
    {
        Memory.SaveEvidence(Log, Evidence(2));
        Memory.SaveEvidence(Log, Evidence(2, s_at.AddHours(1)));
        Reopen();

        Assert.Equal(s_at, Assert.Single(Memory.ReadEvidence(Log)).At);
    }

    [Fact]
    public void Promise_is_kept_by_log_and_epoch_and_no_second_one_takes_its_place()
    {
        Memory.SaveSeal(Log, 1, new byte[] { 1 });
        Memory.SaveSeal(Log, 1, new byte[] { 2 });
        Memory.SaveSeal(Log, 2, new byte[] { 3 });
        Reopen();

        Assert.Equal([1], Memory.ReadSeal(Log, 1)!);
        Assert.Equal([3], Memory.ReadSeal(Log, 2)!);
        Assert.Null(Memory.ReadSeal(OtherLog, 1));
    }

    [Fact]
    public void Newest_final_note_takes_the_place_of_the_one_before()
    {
        Memory.SaveFinal(Log, new byte[] { 1 });
        Memory.SaveFinal(OtherLog, new byte[] { 7 });
        Memory.SaveFinal(Log, new byte[] { 2 });
        Reopen();

        Assert.Equal([2], Memory.ReadFinal(Log)!);
        Assert.Equal([7], Memory.ReadFinal(OtherLog)!);
    }

    [Fact]
    public void What_the_caller_changes_afterwards_is_not_what_was_kept()
    {
        byte[] bytes = [5];
        Memory.SaveEvidence(Log, new KeptEvidence(bytes, s_at));
        Memory.SaveSeal(Log, 1, bytes);
        Memory.SaveFinal(Log, bytes);
        bytes[0] = 6;

        Assert.Equal([5, 5, 5], [Memory.ReadEvidence(Log)[0].Bytes.Span[0], Memory.ReadSeal(Log, 1)![0], Memory.ReadFinal(Log)![0]]);
    }

    [Fact]
    public void Large_evidence_comes_back_whole()
    {
        var bytes = new byte[Cinnabar.Evidence.Cosigning.ForkEvidence.LengthMax];
        bytes[^1] = 1;
        Memory.SaveEvidence(Log, new KeptEvidence(bytes, s_at));
        Reopen();

        Assert.True(Memory.ReadEvidence(Log)[0].Bytes.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task Callers_at_the_same_time_lose_nothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), TestContext.Current.CancellationToken, (i, _) =>
        {
            Memory.SaveEvidence(Log, Evidence((byte)i));
            Memory.SaveSeal(Log, 1, new[] { (byte)i });
            return ValueTask.CompletedTask;
        });

        Assert.Equal(Enumerable.Range(0, 40), Memory.ReadEvidence(Log).Select(e => (int)e.Bytes.Span[0]).Order());
        Assert.Single(Memory.ReadSeal(Log, 1)!);
    }

    private static KeptEvidence Evidence(byte mark, DateTimeOffset? at = null) => new(new[] { mark }, at ?? s_at);
}
