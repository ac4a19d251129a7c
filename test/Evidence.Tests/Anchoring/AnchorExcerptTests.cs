using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Anchoring;

public sealed class AnchorExcerptTests
{
    private static readonly Digest[] s_leaves = [.. Enumerable.Range(0, 40).Select(i => TreeHash.OfLeaf([(byte)i]))];

    [Fact]
    public void Example_of_the_format_is_what_the_page_says()
    {
        Assert.True(Checkpoint.TryParse("court.example/log/1\n1234\nPAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=\n", out var checkpoint));
        var record = AnchorExcerpt.RecordOf(checkpoint);
        var start = Digest.Of("cinnabar anchor segment\nengine one"u8);
        var excerpt = AnchorExcerpt.Of("engine one", "", 1, start, [record]);
        var page = File.ReadAllText(Repository.Path("docs", "formats", "anchor.md"));

        Assert.Equal(start, excerpt.Segment);
        Assert.Contains($"`{Convert.ToHexStringLower(record)}`", page, StringComparison.Ordinal);
        Assert.Contains($"hash(1) = `{excerpt.Hash}`", page, StringComparison.Ordinal);
        Assert.Equal((1, excerpt.Hash), (excerpt.LastNumber, excerpt.LastHash));
    }

    /// <summary>However long the stretch is cut, who knows the last block's hash finds the same one.</summary>
    [Fact]
    public void Any_stretch_comes_back_and_ends_in_the_hash_of_the_whole_chain()
    {
        var stretches = Gen.Choose(1, 30).SelectMany(length => Gen.Choose(1, length).Select(first => (length, first))).ToArbitrary();
        Prop.ForAll(stretches, stretch =>
        {
            var records = Enumerable.Range(1, stretch.length).Select(s => (ReadOnlyMemory<byte>)AnchorExcerpt.RecordOf(Head(s))).ToArray();
            var whole = AnchorExcerpt.Of("e", "", 1, Digest.Of("cinnabar anchor segment\ne"u8), records);
            var before = stretch.first == 1 ? whole.Segment : AnchorExcerpt.Of("e", "", 1, whole.Segment, records[..(stretch.first - 1)]).LastHash;
            var cut = AnchorExcerpt.Of("e", "revision 7", stretch.first, before, records[(stretch.first - 1)..]);
            return AnchorExcerpt.TryParse(cut.Encode(), out var read, out _)
                && (read.LastNumber, read.LastHash, read.Size) == (whole.LastNumber, whole.LastHash, stretch.first)
                && read.Holds(Head(stretch.first)) && !read.Holds(Head(stretch.first + 1));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 1));
    }

    [Fact]
    public void Any_earlier_head_with_its_proof_holds_and_no_other_head_does()
    {
        var sizes = Gen.Choose(2, 40).SelectMany(size => Gen.Choose(1, size - 1).Select(earlier => (earlier, size))).ToArbitrary();
        Prop.ForAll(sizes, pair =>
        {
            var proof = MerkleTree.ProveConsistency(pair.earlier, pair.size, (level, index) => MerkleTree.Root(s_leaves.AsSpan((int)index << level, 1 << level)));
            var (old, head) = (Head(pair.earlier), Head(pair.size));
            var excerpt = AnchorExcerpt.Of(
                "e", "", 9, Digest.Of("before"u8), [AnchorExcerpt.RecordOf(old)], new EarlierHead(old.Size, old.Root, proof.Path));
            return excerpt.Holds(head) && !excerpt.Holds(head with { Root = Digest.Of("other"u8) })
                && !excerpt.Holds(head with { Origin = "log.other.example/1" }) && !excerpt.Holds(old);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 3));
    }

    private static Checkpoint Head(int size) => new("log.court.example/1", size, MerkleTree.Root(s_leaves.AsSpan(..size)));
}
