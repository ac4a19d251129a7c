using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Outbox;
using Cinnabar.Seal.Tests.Journal;
using Cinnabar.Shared;

namespace Cinnabar.Seal.Tests.Outbox;

public sealed class StatementWindowTests : IDisposable
{
    private readonly TestChain _chain = new();
    private readonly ManualTime _clock = new(DateTimeOffset.UnixEpoch);
    private readonly DeviceJournal _journal;

    public StatementWindowTests()
    {
        _journal = DeviceJournal.Open(_chain.Folder, new JournalOptions(), TimeProvider.System);
        for (var sequence = 1L; sequence <= 6; sequence++)
        {
            _journal.Append(sequence, _chain[sequence].Bytes, _chain[sequence].Hash, urgent: true);
        }

        Assert.True(_journal.WaitDurable(6, TimeSpan.FromSeconds(20)));
    }

    public void Dispose()
    {
        _journal.Dispose();
        _chain.Dispose();
    }

    [Fact]
    public void SendsInOrder_UpToTheWindow()
    {
        var window = Open(unacknowledgedMax: 4);
        Assert.Equal([1, 2, 3, 4], TakeAll(window));
        Assert.False(window.HasWaiting);
        Assert.True(window.Acknowledge(1, _chain[1].Hash));
        Assert.True(window.HasWaiting);
        Assert.Equal([5], TakeAll(window));
    }

    [Fact]
    public void AcknowledgementWithAnotherHash_IsNone()
    {
        var window = Open();
        TakeAll(window);
        Assert.False(window.Acknowledge(1, _chain[2].Hash));
        Assert.Equal(0, _journal.Acked);
    }

    [Fact]
    public void AcknowledgementOutOfOrder_MovesTheMarkOnlyWhenTheGapCloses()
    {
        var window = Open();
        TakeAll(window);
        window.Acknowledge(2, _chain[2].Hash);
        Assert.Equal(0, _journal.Acked);
        window.Acknowledge(1, _chain[1].Hash);
        Assert.Equal(2, _journal.Acked);
        Assert.Equal(4, window.Backlog);
    }

    [Fact]
    public void Reconnect_SendsOnlyWhatWasNotAcknowledged()
    {
        var window = Open();
        TakeAll(window);
        window.Acknowledge(1, _chain[1].Hash);
        window.Acknowledge(3, _chain[3].Hash);
        window.Close();
        window.Open(acked: 1);
        Assert.Equal([2, 4, 5, 6], TakeAll(window));
    }

    [Fact]
    public void StationThatKnowsMore_IsBelieved()
    {
        var window = Open();
        window.Open(acked: 4);
        Assert.Equal([5, 6], TakeAll(window));
        Assert.Equal(4, _journal.Acked);
    }

    [Fact]
    public void StationThatClaimsMoreThanWasStated_IsBelievedWithinOurNumbers()
    {
        var window = Open();
        window.Open(acked: 4711);
        Assert.Empty(TakeAll(window));
        Assert.Equal(6, _journal.Acked);
    }

    [Fact]
    public void Refused_IsNotSentAgain()
    {
        var window = Open();
        TakeAll(window);
        Assert.True(window.Refuse(1));
        Assert.False(window.Refuse(1));
        Assert.Equal(1, _journal.Acked);
        Assert.Empty(TakeAll(window));
    }

    [Fact]
    public void Postponed_IsSentAgainAfterItsTimeAndBeforeAnythingNew()
    {
        var window = Open(unacknowledgedMax: 2);
        Assert.Equal([1, 2], TakeAll(window));
        window.Acknowledge(2, _chain[2].Hash);
        window.Postpone(1, TimeSpan.FromSeconds(5));
        Assert.Empty(TakeAll(window));
        Assert.False(window.HasWaiting);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(window.HasWaiting);
        Assert.True(window.TryTake(out var sequence, out _));
        Assert.Equal(1, sequence);
        Assert.Equal([3], TakeAll(window));
    }

    [Fact]
    public void WithoutAConnection_StatementsWait() => Assert.True(new StatementWindow(_journal, 256, _clock).HasWaiting);

    private StatementWindow Open(int unacknowledgedMax = 256)
    {
        var window = new StatementWindow(_journal, unacknowledgedMax, _clock);
        window.Open(acked: 0);
        return window;
    }

    private static List<long> TakeAll(StatementWindow window)
    {
        var taken = new List<long>();
        while (window.TryTake(out var sequence, out _))
        {
            taken.Add(sequence);
        }

        return taken;
    }
}
