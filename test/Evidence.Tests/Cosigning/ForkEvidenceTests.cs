using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Cosigning;

/// <summary>Laws: an honest owner can never be accused, and whoever signed two histories always can.</summary>
public sealed class ForkEvidenceTests : IDisposable
{
    private const int LeavesMax = 70;

    private static readonly Arbitrary<(int, int, int)> s_sizes = Gen.Choose(1, LeavesMax).SelectMany(
        a => Gen.Choose(1, LeavesMax), (a, b) => (a, b)).SelectMany(_ => Gen.Choose(0, LeavesMax - 1), (ab, at) => (ab.a, ab.b, at)).ToArbitrary();

    private readonly VerificationKey _key = new(SampleLeague.LogKey(0).PublicKey);

    public void Dispose() => _key.Dispose();

    /// <summary>Two heads of one history, with whatever root and path somebody makes up for them from that history.</summary>
    [Fact]
    public void Two_heads_of_one_history_are_never_a_fork() => Prop.ForAll(s_sizes, sizes =>
    {
        var (a, b, at) = sizes;
        var (small, large) = (Math.Min(a, b), Math.Max(a, b));
        var leaves = Leaves(LeavesMax);
        var claimed = Root(leaves, 1 + (at % large));
        return Verify(ForkEvidence.Of(Note(leaves, a), Note(leaves, b))) != ForkVerdict.Valid
            && Verify(ForkEvidence.Of(Note(leaves, small), Note(leaves, large), Root(leaves, small), Proof(leaves, small, large))) != ForkVerdict.Valid
            && Verify(ForkEvidence.Of(Note(leaves, small), Note(leaves, large), claimed, Proof(leaves, small, large))) != ForkVerdict.Valid;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 1));

    /// <summary>Histories that part at some entry: any two heads beyond it make evidence, by whoever holds the larger one's tree.</summary>
    [Fact]
    public void Any_two_heads_of_histories_that_parted_are_a_fork() => Prop.ForAll(s_sizes, sizes =>
    {
        var (a, b, at) = sizes;
        var parts = at % Math.Min(a, b);
        var one = Leaves(LeavesMax);
        Digest[] other = [.. one[..parts], .. Leaves(LeavesMax, "other")[parts..]];
        var (small, large, holds) = a < b ? (Note(one, a), Note(other, b), other) : (Note(other, b), Note(one, a), one);
        return a == b
            ? Verify(ForkEvidence.Of(small, large)) == ForkVerdict.Valid
            : Verify(ForkEvidence.Of(small, large, Root(holds, Math.Min(a, b)), Proof(holds, Math.Min(a, b), Math.Max(a, b)))) == ForkVerdict.Valid;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 1));

    [Fact]
    public void Flipped_bits_make_no_evidence_of_an_honest_history_and_break_nothing() => Prop.ForAll(
        Gen.Choose(0, 4_000).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (place, bit) =>
        {
            var leaves = Leaves(20);
            byte[][] files = [ForkEvidence.Of(Note(leaves, 9), Note(leaves, 9)), ForkEvidence.Of(Note(leaves, 9), Note(leaves, 17), Root(leaves, 9), Proof(leaves, 9, 17))];
            return files.All(file =>
            {
                file[place % file.Length] ^= (byte)(1 << bit);
                return Verify(file) != ForkVerdict.Valid && Verify(file.AsSpan(0, place % file.Length)) != ForkVerdict.Valid;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261123, 1));

    [Fact]
    public void Same_heads_make_the_same_file_in_either_order_and_whoever_cosigned_them()
    {
        var (one, other) = (Leaves(9), Leaves(9, "other"));
        var cosigned = SampleLeague.Note(new Checkpoint(SampleLeague.OriginOf(0), 7, Root(other, 7)), 1, 1, 2, 3);

        var first = ForkEvidence.Of(Note(one, 7), Note(other, 7));

        Assert.Equal(first, ForkEvidence.Of(cosigned, Note(one, 7)));
        Assert.Equal(ForkVerdict.Valid, Verify(first));
    }

    private ForkVerdict Verify(ReadOnlySpan<byte> file) =>
        ForkEvidence.Verify(file, SampleLeague.OriginOf(0), new NoteKey(SampleLeague.OriginOf(0), _key), out _);

    private static Digest[] Leaves(int count, string mark = "one") =>
        [.. Enumerable.Range(0, count).Select(i => TreeHash.OfLeaf(System.Text.Encoding.UTF8.GetBytes($"{mark} {i}")))];

    private static Digest Root(Digest[] leaves, int size) => MerkleTree.Root(leaves.AsSpan(0, size));

    private static byte[] Note(Digest[] leaves, int size) => new CheckpointSigner(SampleLeague.OriginOf(0), SampleLeague.LogKey(0)).Sign(size, Root(leaves, size));

    private static ConsistencyProof Proof(Digest[] leaves, int from, int to) =>
        MerkleTree.ProveConsistency(from, to, (level, i) => MerkleTree.Root(leaves.AsSpan((int)i << level, 1 << level)));
}
