using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Shared;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/forks: evidence about court 0's log, judged with its key.</summary>
internal static class ForkVectors
{
    private static readonly Digest[] s_honest = Leaves("one", 9);
    private static readonly Digest[] s_other = [.. s_honest[..3], .. Leaves("other", 9)[3..]];

    public static IEnumerable<Vector> All() =>
    [
        Of("same-size", ForkVerdict.Valid, "two heads of one size with different roots", ForkEvidence.Of(Note(s_honest, 7), Note(s_other, 7))),
        Of("two-sizes", ForkVerdict.Valid, "a smaller head that is no beginning of the larger one's tree", Proven(Note(s_honest, 5), Note(s_other, 8), s_other, 5, 8)),
        Of("cosigned", ForkVerdict.Valid, "heads with other courts' lines under them, which change nothing", Raw(SampleLeague.Note(Head(s_honest, 7), 1, 1, 2), Note(s_other, 7))),
        Of("malformed-version", ForkVerdict.Malformed, "version 2", CborValue.Array(CborValue.Integer(2), Bytes(Note(s_honest, 7)), Bytes(Note(s_other, 7))).Encode()),
        Of("malformed-shape", ForkVerdict.Malformed, "a root without a path", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_honest, 5)), Bytes(Note(s_other, 8)), CborValue.Bytes(Root(s_other, 5))).Encode()),
        Of("malformed-hash", ForkVerdict.Malformed, "a path with a hash of 31 bytes", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_honest, 5)), Bytes(Note(s_other, 8)), CborValue.Bytes(Root(s_other, 5)), CborValue.Array(Bytes(new byte[31]))).Encode()),
        Of("malformed-long", ForkVerdict.Malformed, "one byte longer than 256 KiB", Raw(Note(s_honest, 7), new byte[ForkEvidence.LengthMax + 1 - Raw(Note(s_honest, 7), []).Length - 4])),
        Of("malformed-behind", ForkVerdict.Malformed, "a byte behind the end", [.. ForkEvidence.Of(Note(s_honest, 7), Note(s_other, 7)), 0]),
        Of("not-signed-other-key", ForkVerdict.NotSigned, "one head signed with another court's key", ForkEvidence.Of(Note(s_honest, 7), Note(s_other, 7, key: 1))),
        Of("not-signed-other-log", ForkVerdict.NotSigned, "one head is of another log of the same key", ForkEvidence.Of(Note(s_honest, 7), Note(s_other, 7, origin: 1))),
        Of("not-signed-flipped", ForkVerdict.NotSigned, "one bit of a signature flipped", Raw(Note(s_honest, 7), Golden.Flip(Note(s_other, 7), -6))),
        Of("not-signed-no-note", ForkVerdict.NotSigned, "one head is no note", Raw(Note(s_honest, 7), [1, 2, 3])),
        Of("no-fork-same-head", ForkVerdict.NoFork, "the same head twice", ForkEvidence.Of(Note(s_honest, 7), Note(s_honest, 7))),
        Of("no-fork-two-sizes", ForkVerdict.NoFork, "two sizes of two histories, and no proof", ForkEvidence.Of(Note(s_honest, 5), Note(s_other, 8))),
        Of("no-fork-one-history", ForkVerdict.NoFork, "two heads of one history with the right proof", Proven(Note(s_honest, 5), Note(s_honest, 8), s_honest, 5, 8)),
        Of("no-fork-wrong-path", ForkVerdict.NoFork, "a path that leads elsewhere", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_honest, 5)), Bytes(Note(s_other, 8)), CborValue.Bytes(Root(s_other, 5)), Path(s_honest, 5, 8)).Encode()),
        Of("no-fork-wrong-root", ForkVerdict.NoFork, "a root that the larger tree did not have", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_honest, 5)), Bytes(Note(s_other, 8)), CborValue.Bytes(Root(s_other, 4)), Path(s_other, 5, 8)).Encode()),
        Of("no-fork-order", ForkVerdict.NoFork, "the larger head first", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_other, 8)), Bytes(Note(s_honest, 5)), CborValue.Bytes(Root(s_other, 5)), Path(s_other, 5, 8)).Encode()),
        Of("no-fork-empty", ForkVerdict.NoFork, "a head of size 0, which every history has", CborValue.Array(
            CborValue.Integer(1), Bytes(Note(s_honest, 0)), Bytes(Note(s_other, 8)), CborValue.Bytes(Root(s_other, 1)), CborValue.Array()).Encode()),
    ];

    private static Digest[] Leaves(string mark, int count) => [.. Enumerable.Range(0, count).Select(i => TreeHash.OfLeaf(System.Text.Encoding.UTF8.GetBytes($"{mark} {i}")))];

    private static Digest Root(Digest[] leaves, int size) => MerkleTree.Root(leaves.AsSpan(0, size));

    private static Checkpoint Head(Digest[] leaves, int size) => new(OriginOf(0), size, Root(leaves, size));

    private static byte[] Note(Digest[] leaves, int size, int key = 0, int origin = 0) =>
        new CheckpointSigner(OriginOf(origin), LogKey(key)).Sign(size, Root(leaves, size));

    private static byte[] Raw(byte[] first, byte[] second) => CborValue.Array(CborValue.Integer(1), Bytes(first), Bytes(second)).Encode();

    private static byte[] Proven(byte[] first, byte[] second, Digest[] leaves, int from, int to) => ForkEvidence.Of(first, second, Root(leaves, from), Proof(leaves, from, to));

    private static CborValue Path(Digest[] leaves, int from, int to) => CborValue.Array([.. Proof(leaves, from, to).Path.Select(CborValue.Bytes)]);

    private static ConsistencyProof Proof(Digest[] leaves, int from, int to) =>
        MerkleTree.ProveConsistency(from, to, (level, i) => MerkleTree.Root(leaves.AsSpan((int)i << level, 1 << level)));

    private static CborValue Bytes(byte[] bytes) => CborValue.Bytes(bytes);

    private static Vector Of(string name, ForkVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes, LogKey(0).PublicKey) with { File = name + ".cbor", Origin = OriginOf(0) };
}
