using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>What an owner sends to a mirror that holds this or that.</summary>
public sealed class MirrorFeedTests : IDisposable
{
    private readonly MemoryLogStore _store = new();
    private readonly MirrorFeed _feed;
    private Frontier _frontier = Frontier.Empty;
    private readonly TileEdge _edge = TileEdge.Load(0, (_, _) => []);
    private LogHead _head = new(0, default, default);

    public MirrorFeedTests() => _feed = new MirrorFeed(_store);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Mirror_that_was_not_heard_is_asked_for_its_size()
    {
        Commit(3);

        var push = _feed.Next(_head);

        Assert.Equal((3L, 0), (push.OldSize, push.Entries.Count));
        Assert.Null(_feed.Held);
    }

    [Fact]
    public void Mirror_that_is_behind_gets_what_it_lacks()
    {
        Commit(3);
        Commit(4);
        Answer(MirrorVerdict.OtherSize, 3);

        var push = _feed.Next(_head);

        Assert.Equal((3L, 4), (push.OldSize, push.Entries.Count));
        Assert.True(push.Checkpoint.Span.SequenceEqual(_head.Checkpoint.Span));
    }

    [Fact]
    public void Mirror_that_holds_the_target_is_asked_for_its_cosignature()
    {
        Commit(3);
        Answer(MirrorVerdict.Held, 3);

        Assert.Empty(_feed.Next(_head).Entries);
    }

    [Fact]
    public void Mirror_that_says_it_holds_more_gets_no_entries()
    {
        Commit(3);
        Answer(MirrorVerdict.OtherSize, long.MaxValue);

        var push = _feed.Next(_head);

        Assert.Equal((3L, 0), (push.OldSize, push.Entries.Count));
    }

    [Fact]
    public void Mirror_that_is_far_behind_is_led_through_signed_heads()
    {
        for (var i = 0; i < 4; i++)
        {
            Commit(3_000);
        }

        Answer(MirrorVerdict.OtherSize, 0);
        List<(long, int)> steps = [];
        while (_feed.Held < _head.Size)
        {
            var push = _feed.Next(_head);
            steps.Add((push.OldSize, push.Entries.Count));
            Answer(MirrorVerdict.Cosigned, push.OldSize + push.Entries.Count);
        }

        Assert.Equal([(0L, 3_000), (3_000L, 3_000), (6_000L, 3_000), (9_000L, 3_000)], steps);
    }

    [Fact]
    public void Push_is_no_longer_than_a_mirror_takes_in_bytes()
    {
        for (var i = 0; i < 40; i++)
        {
            Commit(4, 60_000);
        }

        Answer(MirrorVerdict.OtherSize, 0);

        var push = _feed.Next(_head);

        Assert.InRange(push.Entries.Sum(e => e.Length), 1, MirrorPush.EntryBytesMax);
        Assert.Equal(0, push.Entries.Count % 4);
        Assert.True(MirrorPush.TryDecode(push.Encode(), out _));
    }

    [Fact]
    public void Mirror_between_two_heads_is_led_to_the_next_one()
    {
        Commit(3_000);
        Commit(3_000);
        Answer(MirrorVerdict.OtherSize, 10);

        var push = _feed.Next(_head);

        Assert.Equal((10L, 2_990), (push.OldSize, push.Entries.Count));
    }

    [Fact]
    public void Mirror_that_lost_its_disk_begins_again()
    {
        Commit(3);
        Answer(MirrorVerdict.Cosigned, 3);
        Commit(2);
        Answer(MirrorVerdict.OtherSize, 0);

        Assert.Equal((0L, 5), (_feed.Next(_head).OldSize, _feed.Next(_head).Entries.Count));
    }

    [Fact]
    public void Log_without_a_signed_head_on_the_way_is_told_so()
    {
        Commit(5_000, keepHead: false);
        Commit(1);
        Answer(MirrorVerdict.OtherSize, 0);

        var told = Assert.Throws<LogStoreException>(() => _feed.Next(_head));

        Assert.Equal(LogStoreFailure.Corrupt, told.Failure);
    }

    private void Answer(MirrorVerdict verdict, long held) => _feed.Answered(new MirrorAnswer(verdict, held, [], ""));

    private void Commit(int entries, int length = 8, bool keepHead = true)
    {
        var first = _frontier.Size;
        NewEntry[] added = [.. Enumerable.Range(0, entries).Select(i =>
        {
            var bytes = new byte[length];
            BitConverter.TryWriteBytes(bytes, first + i);
            return new NewEntry(bytes, Digest.Of(bytes));
        })];
        Digest[] leaves = [.. added.Select(e => TreeHash.OfLeaf(e.Bytes.Span))];
        _frontier = _frontier.Append(leaves);
        var note = System.Text.Encoding.UTF8.GetBytes($"log.example\n{_frontier.Size}\n{Convert.ToBase64String(_frontier.Root.ToArray())}\n\n\u2014 log.example AAAAAQI=\n");
        _store.Append(new LogCommit(first, added, _edge.Append(leaves), _frontier) { Checkpoint = keepHead ? note : default });
        _head = new LogHead(_frontier.Size, _frontier.Root, note);
    }
}
