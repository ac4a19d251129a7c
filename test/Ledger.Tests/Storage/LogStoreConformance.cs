using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests.Storage;

/// <summary>What every store must do, whatever it keeps the log in. An engine's tests inherit this.</summary>
public abstract class LogStoreConformance
{
    /// <summary>The same store, opened again.</summary>
    public abstract ILogStore Open();

    [Fact]
    public void New_store_is_empty()
    {
        using var store = Open();

        Assert.Null(store.ReadHead());
        Assert.Null(store.ReadEntry(0));
        Assert.Null(store.ReadTile(0, 0));
        Assert.Null(store.ReadLastCheckpoint());
        Assert.Empty(store.ReadEntries(0, 10));
    }

    [Fact]
    public void Committed_entries_tiles_and_head_are_there_after_opening_again()
    {
        var commit = Commit(0, Frontier.Empty, 3);
        using (var store = Open())
        {
            store.Append(commit);
        }
        using var again = Open();

        var head = again.ReadHead();
        Assert.NotNull(head);
        Assert.Equal(3, head.Size);
        Assert.Equal(commit.Head.Root, head.Root);
        Assert.Equal(commit.Head.Encode(), head.Frontier);
        Assert.Equal(TestLog.Entry(1), again.ReadEntry(1));
        Assert.Equal(commit.Tiles[0].Hashes, again.ReadTile(0, 0));
        Assert.Equal(2, again.FindEntry(Digest.Of(TestLog.Entry(2))));
    }

    [Fact]
    public void Range_of_entries_ends_where_the_log_ends()
    {
        using var store = Open();
        store.Append(Commit(0, Frontier.Empty, 5));

        Assert.Equal([TestLog.Entry(1), TestLog.Entry(2)], store.ReadEntries(1, 2));
        Assert.Equal([TestLog.Entry(3), TestLog.Entry(4)], store.ReadEntries(3, 100));
        Assert.Empty(store.ReadEntries(5, 1));
        Assert.Empty(store.ReadEntries(0, 0));
    }

    [Fact]
    public void Commit_over_another_size_than_the_stored_one_is_a_conflict_and_changes_nothing()
    {
        using var store = Open();
        var first = Commit(0, Frontier.Empty, 3);
        store.Append(first);

        foreach (var wrongSize in new[] { 0, 2, 4 })
        {
            var failure = Assert.Throws<LogStoreException>(() => store.Append(Commit(wrongSize, first.Head, 2, firstEntry: 50)));
            Assert.Equal(LogStoreFailure.Conflict, failure.Failure);
        }
        Assert.Equal(3, store.ReadHead()!.Size);
        Assert.Null(store.ReadEntry(3));
        Assert.Null(store.FindEntry(Digest.Of(TestLog.Entry(50))));
    }

    [Fact]
    public void Unknown_entry_is_not_found()
    {
        using var store = Open();
        store.Append(Commit(0, Frontier.Empty, 1));

        Assert.Null(store.FindEntry(Digest.Of("other"u8)));
        Assert.Null(store.ReadEntry(1));
        Assert.Null(store.ReadEntry(-1));
        Assert.Null(store.ReadTile(0, 1));
        Assert.Null(store.ReadTile(1, 0));
    }

    [Fact]
    public void Longer_tile_replaces_the_shorter_one_in_its_place()
    {
        using var store = Open();
        var first = Commit(0, Frontier.Empty, 3);
        store.Append(first);
        var second = Commit(3, first.Head, 2);
        store.Append(second with { Tiles = [new TileWrite(0, 0, new byte[5 * Digest.LengthBytes])] });

        Assert.Equal(5 * Digest.LengthBytes, store.ReadTile(0, 0)!.Length);
    }

    [Fact]
    public void Tiles_of_different_levels_and_places_do_not_meet()
    {
        using var store = Open();
        var commit = Commit(0, Frontier.Empty, 1);
        store.Append(commit with { Tiles = [Tile(0, 0, 1), Tile(0, 1, 2), Tile(1, 0, 3), Tile(7, (1L << 54) - 1, 4)] });

        Assert.Equal(1, store.ReadTile(0, 0)![0]);
        Assert.Equal(2, store.ReadTile(0, 1)![0]);
        Assert.Equal(3, store.ReadTile(1, 0)![0]);
        Assert.Equal(4, store.ReadTile(7, (1L << 54) - 1)![0]);

        static TileWrite Tile(int level, long index, byte mark) => new(level, index, Enumerable.Repeat(mark, 32).ToArray());
    }

    [Fact]
    public void Last_checkpoint_is_the_one_of_the_largest_size()
    {
        using (var store = Open())
        {
            store.SaveCheckpoint(9, "nine"u8.ToArray());
            store.SaveCheckpoint(10, "ten"u8.ToArray());
            store.SaveCheckpoint(2, "two"u8.ToArray());
            store.SaveCheckpoint(2, "two again"u8.ToArray());
        }
        using var again = Open();

        Assert.Equal("ten"u8.ToArray(), again.ReadLastCheckpoint());
        Assert.Equal("two again"u8.ToArray(), again.ReadCheckpoint(2));
        Assert.Null(again.ReadCheckpoint(3));
    }

    [Theory]
    [InlineData(8, null)]
    [InlineData(9, "nine")]
    [InlineData(15, "nine")]
    [InlineData(16, "sixteen")]
    [InlineData(long.MaxValue, "sixteen")]
    public void Checkpoint_up_to_a_size_is_the_largest_that_does_not_exceed_it(long size, string? note)
    {
        using var store = Open();
        store.SaveCheckpoint(16, "sixteen"u8.ToArray());
        store.SaveCheckpoint(9, "nine"u8.ToArray());

        Assert.Equal(note is null ? null : System.Text.Encoding.ASCII.GetBytes(note), store.ReadCheckpointUpTo(size));
    }

    [Fact]
    public void Marks_and_checkpoint_of_a_commit_come_with_it()
    {
        using (var store = Open())
        {
            var first = Commit(0, Frontier.Empty, 3) with { Marks = [0, 2], Checkpoint = "three"u8.ToArray() };
            store.Append(first);
            store.Append(Commit(3, first.Head, 2) with { Marks = [4] });
        }
        using var again = Open();

        Assert.Equal([0, 2, 4], again.ReadMarks());
        Assert.Equal("three"u8.ToArray(), again.ReadCheckpoint(3));
        Assert.Null(again.ReadCheckpoint(5));
    }

    [Fact]
    public void Longest_entry_comes_back_whole()
    {
        using var store = Open();
        var longest = TestLog.Entry(0, CourtLogOptions.EntryLengthMax);
        longest[^1] = 0x7f;
        var frontier = Frontier.Empty.Append([TreeHash.OfLeaf(longest)]);
        store.Append(new LogCommit(0, [new NewEntry(longest, Digest.Of(longest))], [], frontier));

        Assert.Equal(longest, store.ReadEntry(0));
        Assert.Equal(0, store.FindEntry(Digest.Of(longest)));
    }

    [Fact]
    public void Housekeeping_after_much_writing_loses_nothing()
    {
        using var store = Open();
        var frontier = Frontier.Empty;
        for (var round = 0; round < 40; round++)
        {
            var entries = Enumerable.Range(0, 4).Select(i => TestLog.Entry((round * 4) + i, 60_000)).ToArray();
            var next = frontier.Append([.. entries.Select(entry => TreeHash.OfLeaf(entry))]);
            store.Append(new LogCommit(frontier.Size, [.. entries.Select(entry => new NewEntry(entry, Digest.Of(entry)))], [], next));
            store.Tidy();
            frontier = next;
        }

        Assert.Equal(160, store.ReadEntries(0, 1000).Count);
        Assert.Equal(159, store.FindEntry(Digest.Of(TestLog.Entry(159, 60_000))));
    }

    private static LogCommit Commit(long oldSize, Frontier frontier, int count, int firstEntry = -1)
    {
        var first = firstEntry < 0 ? (int)oldSize : firstEntry;
        var entries = Enumerable.Range(first, count).Select(i => TestLog.Entry(i)).ToArray();
        var leaves = entries.Select(entry => TreeHash.OfLeaf(entry)).ToArray();
        return new LogCommit(
            oldSize,
            [.. entries.Select(entry => new NewEntry(entry, Digest.Of(entry)))],
            [new TileWrite(0, 0, TlogTiles.Encode(leaves))],
            frontier.Append(leaves));
    }
}
