using Cinnabar.Evidence.Merkle;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Merkle;

public sealed class FrontierTests
{
    private static readonly Digest[] s_leaves = [.. Enumerable.Range(0, 600).Select(i => TreeHash.OfLeaf(BitConverter.GetBytes(i)))];

    [Fact]
    public void Appending_one_by_one_gives_the_root_of_the_definition()
    {
        var frontier = Frontier.Empty;
        for (var size = 1; size <= s_leaves.Length; size++)
        {
            frontier = frontier.Append(s_leaves.AsSpan(size - 1, 1));
            Assert.Equal(size, frontier.Size);
            Assert.Equal(MerkleTree.Root(s_leaves.AsSpan(..size)), frontier.Root);
        }
    }

    [Fact]
    public void Any_division_into_batches_gives_the_same_frontier()
    {
        var batches = Gen.ListOf(Gen.Choose(0, 120)).ToArbitrary();
        Prop.ForAll(batches, lengths =>
        {
            var frontier = Frontier.Empty;
            foreach (var length in lengths)
            {
                var start = (int)frontier.Size;
                frontier = frontier.Append(s_leaves.AsSpan(start, Math.Min(length, s_leaves.Length - start)));
            }
            return frontier.Root == MerkleTree.Root(s_leaves.AsSpan(..(int)frontier.Size));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260802, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(600)]
    public void Frontier_survives_encoding_and_collecting_from_subtrees(int size)
    {
        var frontier = Frontier.Empty.Append(s_leaves.AsSpan(..size));

        Assert.True(Frontier.TryDecode(frontier.Encode(), out var decoded));
        Assert.Equal(frontier.Root, decoded.Root);
        Assert.Equal(frontier.Size, decoded.Size);
        var collected = Frontier.FromSubtrees(size, (level, index) => MerkleTree.Root(s_leaves.AsSpan((int)(index << level), 1 << level)));
        Assert.Equal(frontier.Encode(), collected.Encode());
    }

    [Fact]
    public void Encoding_of_another_length_than_the_size_demands_is_refused()
    {
        var bytes = Frontier.Empty.Append(s_leaves.AsSpan(..7)).Encode();

        Assert.False(Frontier.TryDecode(bytes.AsSpan(..^1), out _));
        Assert.False(Frontier.TryDecode([.. bytes, 0], out _));
        Assert.False(Frontier.TryDecode(bytes.AsSpan(..5), out _));
    }

    [Fact]
    public void Encoded_size_over_the_limit_is_refused() =>
        Assert.False(Frontier.TryDecode([0x80, 0, 0, 0, 0, 0, 0, 0, .. new byte[32]], out _));
}
