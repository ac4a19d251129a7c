using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>A book and an engine together: what is owed arrives, whatever happens on the way.</summary>
public sealed class AnchorLinkTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryAnchorBookStore _store = new();
    private readonly LyingEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OwedAnchors_ArriveAndTwoCourtsSeeTheSameChain()
    {
        await using var engine = SqliteAnchorEngine.Open(Path.Combine(_folder.Path, "engine.db"), TimeProvider.System);
        using var rows = SqliteAnchorBookStore.Open(Path.Combine(_folder.Path, "book.db"));
        await using var one = new RunningLink(Open(rows), engine);
        await using var two = new RunningLink(Open(_store), engine);
        for (var size = 1; size <= 5; size++)
        {
            one.Book.Owe(Of(0, size));
            two.Book.Owe(Of(1, size));
        }

        await one.UntilAsync(book => book.Owed.Count == 0);
        await two.UntilAsync(book => book.Owed.Count == 0);
        await one.UntilAsync(book => book.Find(Of(1, 5).Log, 5) is not null);
        Assert.Equal(HeadComparison.Same, one.Book.Compare("two", two.Book.ReadBlocks(0, 1)[0].Head));
        Assert.Empty(one.Book.Alarms);
    }

    [Fact]
    public async Task EngineThatComesBack_GetsOnlyTheNewest()
    {
        _engine.Fail(AnchorFailure.Unreachable);
        await using var link = new RunningLink(Open(_store), _engine);
        await link.UntilAsync(book => book.State.Condition == AnchorCondition.Unreachable);
        link.Book.Owe(Of(0, 1));
        link.Book.Owe(Of(0, 2));
        _engine.Fail(null);

        await link.UntilAsync(book => book.Owed.Count == 0);
        Assert.Equal([Of(0, 2)], _engine.Held);
        await link.UntilAsync(book => book.State.Condition == AnchorCondition.Good);
    }

    [Fact]
    public async Task SwallowedAnchor_IsFoundOutByTheNext()
    {
        _engine.Swallows = anchor => anchor.Size == 1;
        await using var link = new RunningLink(Open(_store), _engine);
        link.Book.Owe(Of(0, 1));
        await link.UntilAsync(book => book.Owed[0].Step == OwedStep.Acknowledged);
        link.Book.Owe(Of(0, 2));

        await link.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        Assert.Equal(AnchorAlarmKind.OwnAnchorMissing, Assert.Single(link.Book.Alarms).Kind);
        Assert.Equal([Of(0, 1), Of(0, 2)], link.Book.Owed.Select(owed => owed.Anchor));
    }

    [Fact]
    public async Task WipedEngine_IsAdoptedByItselfWhereAllowedAndCatchesUp()
    {
        await using var link = new RunningLink(Open(_store, adoptWiped: true), _engine);
        link.Book.Owe(Of(0, 1));
        await link.UntilAsync(book => book.Owed.Count == 0);
        _engine.Wipe("engine two");

        await link.UntilAsync(book => book.Segment!.Serial == 2 && book.Owed.Count == 0);
        Assert.Equal(AnchorAlarmKind.IdentityChanged, Assert.Single(link.Book.Alarms).Kind);
        Assert.Contains(Of(0, 1), _engine.Held);
        Assert.Contains(_engine.Held, anchor => anchor.Checkpoint == link.Book.ReadBlocks(0, 1)[0].Hash);
        Assert.NotNull(link.Book.LastCatchUp);
    }

    [Fact]
    public async Task EngineThatTakesNoLink_CatchesUpWithoutIt()
    {
        _engine.Refuses = anchor => anchor.Log != Of(0, 1).Log;
        await using var link = new RunningLink(Open(_store, adoptWiped: true), _engine);
        link.Book.Owe(Of(0, 1));
        await link.UntilAsync(book => book.Owed.Count == 0);
        _engine.Wipe("engine two");

        await link.UntilAsync(book => book.Segment!.Serial == 2 && book.Owed.Count == 0);
        Assert.Equal([Of(0, 1)], _engine.Held);
        await link.UntilAsync(book => book.State.Condition == AnchorCondition.Good);
    }

    [Fact]
    public async Task WipedEngine_OtherwiseWaitsForTheOperatorAndLosesNothing()
    {
        await using var link = new RunningLink(Open(_store), _engine);
        link.Book.Owe(Of(0, 1));
        await link.UntilAsync(book => book.Owed.Count == 0);
        _engine.Wipe("engine two");
        await link.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        link.Book.Owe(Of(0, 2));
        link.Book.Adopt("engine two");

        await link.UntilAsync(book => book.Owed.Count == 0);
        Assert.Contains(Of(0, 2), _engine.Held);
        Assert.DoesNotContain(Of(0, 1), _engine.Held);
    }

    [Fact]
    public async Task RolledBackEngine_IsSetAsideAlthoughItAcknowledgesAgain()
    {
        await using var link = new RunningLink(Open(_store), _engine);
        link.Book.Owe(Of(0, 1));
        await link.UntilAsync(book => book.Owed.Count == 0);
        _engine.RollBack(1);

        await link.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        Assert.Equal(AnchorAlarmKind.WentBack, Assert.Single(link.Book.Alarms).Kind);
        link.Book.Adopt("engine one");
        await link.UntilAsync(book => book.Owed.Count == 0);
        Assert.Contains(Of(0, 1), _engine.Held);
    }

    [Fact]
    public async Task LieOfTheEngine_IsAnAlarm()
    {
        _engine.FollowBreaks = new AnchorEngineException(AnchorFailure.Lied, "a key was deleted") { Evidence = new byte[] { 1 } };
        await using var link = new RunningLink(Open(_store), _engine);

        await link.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        Assert.Equal(AnchorAlarmKind.RecordTampered, Assert.Single(link.Book.Alarms).Kind);
    }

    [Fact]
    public async Task BrokenFollow_GoesOnFromItsPosition()
    {
        _engine.FollowBreaks = new AnchorEngineException(AnchorFailure.Unreachable, "cut");
        await using var link = new RunningLink(Open(_store), _engine);
        for (var size = 1; size <= 3; size++)
        {
            link.Book.Owe(Of(0, size));
            await link.UntilAsync(book => book.Owed.Count == 0);
        }

        Assert.Equal([1, 2, 3], link.Book.ReadBlocks(0, 10).Select(block => block.Number));
    }

    public static TheoryData<int, bool> Crashes
    {
        get
        {
            var data = new TheoryData<int, bool>();
            for (var commit = 1; commit <= 12; commit++)
            {
                data.Add(commit, false);
                data.Add(commit, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task CrashAtACommit_LosesNothingOwedAndDoublesNothing(int commit, bool afterIt)
    {
        try
        {
            await using var link = new RunningLink(AnchorBook.Open(new CrashingBookStore(_store, commit, afterIt), RunningLink.BookOptions(), TimeProvider.System), _engine);
            for (var size = 1; size <= 3; size++)
            {
                link.Book.Owe(Of(0, size));
                await link.UntilAsync(book => book.Owed.Count == 0);
            }
        }
        catch (LogStoreException)
        {
            // As it should: the program is dead.
        }

        await using var again = new RunningLink(Open(_store), _engine);
        again.Book.Owe(Of(0, 3));
        await again.UntilAsync(book => book.Owed.Count == 0);
        await again.UntilAsync(book => book.LastBlock?.Anchor == Of(0, 3));
        var held = _engine.Held.Select(anchor => anchor.Size).ToList();
        Assert.Equal(held.Distinct().Order(), held);
        Assert.Equal(held, again.Book.ReadBlocks(0, 10).Select(block => block.Anchor.Size));
        Assert.Empty(again.Book.Alarms);
    }

    private static AnchorBook Open(IAnchorBookStore store, bool adoptWiped = false) =>
        AnchorBook.Open(store, RunningLink.BookOptions(adoptWiped), TimeProvider.System);

    private static Anchor Of(int court, long size) =>
        new(Anchor.LogOf($"court{court}.example/log/1"), size, Digest.Of([(byte)court, (byte)size]));
}
