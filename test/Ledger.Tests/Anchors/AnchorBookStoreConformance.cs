using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Sqlite;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>What every store of the book must do.</summary>
public abstract class AnchorBookStoreConformance
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly Anchor s_anchor = new(Digest.Of("log"u8), 5, Digest.Of("checkpoint"u8));

    /// <summary>The same store, opened again.</summary>
    public abstract IAnchorBookStore Open();

    [Fact]
    public void NewStore_IsEmpty()
    {
        using var store = Open();
        var rows = store.Load();
        Assert.Null(rows.Segment);
        Assert.Null(rows.LastBlock);
        Assert.Empty(rows.Newest);
        Assert.Empty(rows.Owed);
        Assert.Empty(rows.Own);
        Assert.Empty(rows.Alarms);
        Assert.Empty(store.ReadBlocks(0, 10));
    }

    [Fact]
    public void EverythingOfAChange_IsThereAfterOpeningAgain()
    {
        var segment = new AnchorSegment(1, "engine", 9, 1, Digest.Of("hash"u8), 1);
        var block = new AnchorBlock(1, AnchorBlock.StartOf("engine"), 1, Digest.Of("hash"u8), s_anchor, 9, "row 9", s_time);
        var alarm = new AnchorAlarm(1, s_time, AnchorAlarmKind.WentBack, s_anchor.Log, new BilingualText("中文", "English"), new byte[] { 1, 2 });
        var owed = new OwedAnchor(s_anchor with { Size = 6 }, OwedStep.Acknowledged, s_time, s_time.AddSeconds(1));
        var own = new OwnLog(s_anchor.Log, 5, s_anchor with { Size = 6 });
        using (var store = Open())
        {
            store.Commit(new AnchorBookChange { Segment = segment, Block = block, Alarm = alarm, Own = own, Owed = [owed] });
        }

        using var again = Open();
        var rows = again.Load();
        Assert.Equal((segment, block, own, owed, s_anchor), (rows.Segment, rows.LastBlock, rows.Own[0], rows.Owed[0], rows.Newest[0]));
        Assert.Equal((alarm.Serial, alarm.RaisedAt, alarm.Kind, alarm.Log, alarm.Sentence), (rows.Alarms[0].Serial, rows.Alarms[0].RaisedAt, rows.Alarms[0].Kind, rows.Alarms[0].Log, rows.Alarms[0].Sentence));
        Assert.Equal(alarm.Evidence.ToArray(), rows.Alarms[0].Evidence.ToArray());
    }

    [Fact]
    public void Settled_IsRemovedBeforeOwedIsPut()
    {
        using var store = Open();
        var owed = new OwedAnchor(s_anchor, OwedStep.Waiting, s_time, null);
        store.Commit(new AnchorBookChange { Owed = [owed] });
        store.Commit(new AnchorBookChange { Settled = [s_anchor], Owed = [owed with { Anchor = s_anchor with { Size = 7 } }] });
        Assert.Equal([7], store.Load().Owed.Select(one => one.Anchor.Size));
    }

    [Fact]
    public void Blocks_AreFoundByNumberInTheNewestSegmentAndByLog()
    {
        using var store = Open();
        for (var segment = 1; segment <= 2; segment++)
        {
            for (var number = 1; number <= 2; number++)
            {
                store.Commit(new AnchorBookChange
                {
                    Segment = new AnchorSegment(segment, "engine", number, number, default, null),
                    Block = new AnchorBlock(
                        ((segment - 1) * 2) + number, AnchorBlock.StartOf("engine"), number, Digest.Of([(byte)segment]), s_anchor with { Size = (segment * 10) + number }, number, "", s_time),
                });
            }
        }

        Assert.Equal(4, store.FindBlock(AnchorBlock.StartOf("engine"), 2)!.Serial);
        Assert.Null(store.FindBlock(AnchorBlock.StartOf("engine"), 3));
        Assert.Null(store.FindBlock(AnchorBlock.StartOf("other"), 1));
        Assert.Equal(12, store.FindAnchor(s_anchor.Log, 12)!.Anchor.Size);
        Assert.Equal(21, store.FindAnchor(s_anchor.Log, 13)!.Anchor.Size);
        Assert.Null(store.FindAnchor(s_anchor.Log, 23));
        Assert.Equal(12, store.FindAnchorUpTo(s_anchor.Log, 20)!.Anchor.Size);
        Assert.Equal(21, store.FindAnchorUpTo(s_anchor.Log, 21)!.Anchor.Size);
        Assert.Null(store.FindAnchorUpTo(s_anchor.Log, 1));
        Assert.Equal([2, 3], store.ReadBlocks(1, 2).Select(block => block.Serial));
        Assert.Equal([22], store.Load().Newest.Select(anchor => anchor.Size));
    }
}

public sealed class MemoryAnchorBookStoreTests : AnchorBookStoreConformance, IDisposable
{
    private readonly MemoryAnchorBookStore _store = new();

    public override IAnchorBookStore Open() => _store;

    public void Dispose() => _store.Dispose();
}

public sealed class SqliteAnchorBookStoreTests : AnchorBookStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    public override IAnchorBookStore Open() => SqliteAnchorBookStore.Open(Path.Combine(_folder.Path, "book.db"));

    public void Dispose() => _folder.Dispose();
}
