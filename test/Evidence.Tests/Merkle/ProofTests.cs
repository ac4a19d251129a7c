using Cinnabar.Evidence.Merkle;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Merkle;

/// <summary>Proofs for every tree of up to 70 leaves, honest and spoiled in one way each, and random larger trees.</summary>
public sealed class ProofTests
{
    private const int TreeSizeMax = 70;

    private static readonly Digest[] s_leaves = [.. Enumerable.Range(0, 3000).Select(i => TreeHash.OfLeaf(BitConverter.GetBytes(i)))];

    [Fact]
    public void Empty_tree_has_the_hash_of_the_empty_string() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleTree.Root([]).ToString());

    /// <summary>Known answers of the certificate-transparency reference tests: eight leaves "", 00, 10, 2021, ….</summary>
    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Reference_leaves_have_the_published_root(int size, string root)
    {
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var leaves = inputs.Take(size).Select(hex => TreeHash.OfLeaf(Convert.FromHexString(hex))).ToArray();

        Assert.Equal(root, MerkleTree.Root(leaves).ToString());
        Assert.Equal(root, Frontier.Empty.Append(leaves).Root.ToString());
    }

    [Fact]
    public void Honest_inclusion_proof_is_accepted_for_every_leaf_of_every_size()
    {
        ForEveryInclusion((proof, leaf, root) => Assert.True(proof.Verify(leaf, root)));
    }

    [Fact]
    public void Inclusion_proof_without_its_last_or_first_hash_is_refused() => ForEveryInclusion((proof, leaf, root) =>
    {
        if (proof.Path.Count > 0)
        {
            Assert.False((proof with { Path = [.. proof.Path.SkipLast(1)] }).Verify(leaf, root));
            Assert.False((proof with { Path = [.. proof.Path.Skip(1)] }).Verify(leaf, root));
        }
    });

    [Fact]
    public void Inclusion_proof_with_a_hash_more_is_refused() => ForEveryInclusion((proof, leaf, root) =>
    {
        Assert.False((proof with { Path = [.. proof.Path, root] }).Verify(leaf, root));
        Assert.False((proof with { Path = [leaf, .. proof.Path] }).Verify(leaf, root));
    });

    [Fact]
    public void Inclusion_proof_for_a_neighbouring_index_is_refused() => ForEveryInclusion((proof, leaf, root) =>
    {
        Assert.False((proof with { LeafIndex = proof.LeafIndex + 1 }).Verify(leaf, root));
        Assert.False((proof with { LeafIndex = proof.LeafIndex - 1 }).Verify(leaf, root));
        Assert.False((proof with { LeafIndex = proof.LeafIndex + proof.TreeSize }).Verify(leaf, root));
    });

    [Fact]
    public void Inclusion_proof_with_one_bit_flipped_is_refused() => ForEveryInclusion((proof, leaf, root) =>
    {
        for (var i = 0; i < proof.Path.Count; i++)
        {
            Assert.False((proof with { Path = Flip(proof.Path, i) }).Verify(leaf, root));
        }
        Assert.False(proof.Verify(Flip(leaf), root));
        Assert.False(proof.Verify(leaf, Flip(root)));
    });

    [Fact]
    public void Inner_node_passed_off_as_a_leaf_is_refused()
    {
        var proof = MerkleTree.ProveInclusion(1, 2, Subtree);
        byte[] innerNode = [.. s_leaves[0].ToArray(), .. s_leaves[1].ToArray()];

        Assert.False((proof with { TreeSize = 1, LeafIndex = 0, Path = [] }).Verify(TreeHash.OfLeaf(innerNode), Root(2)));
    }

    [Fact]
    public void Honest_consistency_proof_is_accepted_for_every_pair_of_sizes() =>
        ForEveryConsistency((proof, oldRoot, newRoot) => Assert.True(proof.Verify(oldRoot, newRoot)));

    [Fact]
    public void Consistency_proof_shortened_or_extended_is_refused() => ForEveryConsistency((proof, oldRoot, newRoot) =>
    {
        Assert.False((proof with { Path = [.. proof.Path, newRoot] }).Verify(oldRoot, newRoot));
        Assert.False((proof with { Path = [oldRoot, .. proof.Path] }).Verify(oldRoot, newRoot));
        if (proof.Path.Count > 0)
        {
            Assert.False((proof with { Path = [.. proof.Path.SkipLast(1)] }).Verify(oldRoot, newRoot));
            Assert.False((proof with { Path = [.. proof.Path.Skip(1)] }).Verify(oldRoot, newRoot));
        }
    });

    [Fact]
    public void Consistency_proof_with_one_bit_flipped_is_refused() => ForEveryConsistency((proof, oldRoot, newRoot) =>
    {
        for (var i = 0; i < proof.Path.Count; i++)
        {
            Assert.False((proof with { Path = Flip(proof.Path, i) }).Verify(oldRoot, newRoot));
        }
        Assert.False(proof.Verify(Flip(oldRoot), newRoot));
        Assert.Equal(proof.OldSize == 0 && proof.NewSize > 0, proof.Verify(oldRoot, Flip(newRoot)));
    });

    [Fact]
    public void Consistency_proof_for_another_older_size_is_refused() => ForEveryConsistency((proof, oldRoot, newRoot) =>
    {
        Assert.False((proof with { OldSize = proof.OldSize + 1 }).Verify(oldRoot, newRoot));
        Assert.False((proof with { OldSize = proof.OldSize - 1 }).Verify(oldRoot, newRoot));
    });

    [Fact]
    public void Consistency_of_a_larger_with_a_smaller_tree_is_refused() =>
        Assert.False(new ConsistencyProof(5, 3, []).Verify(Root(5), Root(3)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, long.MaxValue)]
    public void Impossible_index_and_size_is_refused_without_an_exception(long index, long size)
    {
        Assert.Equal(-1, InclusionProof.PathLength(index, size));
        Assert.False(new InclusionProof(index, size, []).Verify(s_leaves[0], s_leaves[0]));
    }

    [Fact]
    public void Random_larger_trees_prove_inclusion_and_consistency()
    {
        var sizes = Gen.Choose(1, s_leaves.Length).Two().ToArbitrary();
        Prop.ForAll(sizes, pair =>
        {
            var (small, large) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            var inclusion = MerkleTree.ProveInclusion(small - 1, large, Subtree);
            var consistency = MerkleTree.ProveConsistency(small, large, Subtree);
            return inclusion.Verify(s_leaves[small - 1], Root(large)) && consistency.Verify(Root(small), Root(large));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260801, 1));
    }

    private static void ForEveryInclusion(Action<InclusionProof, Digest, Digest> check)
    {
        for (var size = 1; size <= TreeSizeMax; size++)
        {
            var root = Root(size);
            for (var index = 0; index < size; index++)
            {
                check(MerkleTree.ProveInclusion(index, size, Subtree), s_leaves[index], root);
            }
        }
    }

    private static void ForEveryConsistency(Action<ConsistencyProof, Digest, Digest> check)
    {
        for (var newSize = 0; newSize <= TreeSizeMax; newSize++)
        {
            for (var oldSize = 0; oldSize <= newSize; oldSize++)
            {
                check(MerkleTree.ProveConsistency(oldSize, newSize, Subtree), Root(oldSize), Root(newSize));
            }
        }
    }

    private static Digest Root(int size) => MerkleTree.Root(s_leaves.AsSpan(..size));

    private static Digest Subtree(int level, long index) =>
        MerkleTree.Root(s_leaves.AsSpan((int)(index << level), 1 << level));

    private static Digest[] Flip(IReadOnlyList<Digest> path, int position) =>
        [.. path.Select((hash, i) => i == position ? Flip(hash) : hash)];

    private static Digest Flip(Digest hash)
    {
        var bytes = hash.ToArray();
        bytes[7] ^= 0x10;
        return new Digest(bytes);
    }
}
