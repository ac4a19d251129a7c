using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Shared;

/// <summary>A court's log in memory, straight from the definitions: the slow truth that tests compare with.</summary>
public sealed class SampleLog(string origin, SigningKey key)
{
    private readonly List<byte[]> _entries = [];

    public string Origin => origin;

    public CoseKey PublicKey => key.PublicKey;

    public IReadOnlyList<byte[]> Entries => _entries;

    public Digest Root => MerkleTree.Root(Leaves());

    public int Append(ReadOnlySpan<byte> entry)
    {
        _entries.Add(entry.ToArray());
        return _entries.Count - 1;
    }

    public InclusionProof Prove(int index)
    {
        var leaves = Leaves();
        return MerkleTree.ProveInclusion(index, leaves.Length, (level, i) => MerkleTree.Root(leaves.AsSpan((int)i << level, 1 << level)));
    }

    public byte[] Receipt(int index) =>
        new ReceiptIssuer(origin, key).Sign(Root).CutReceipt(TreeHash.OfLeaf(_entries[index]), Prove(index));

    public Receipt ParsedReceipt(int index) =>
        Evidence.Receipts.Receipt.TryParse(Receipt(index), out var receipt, out var detail) == ReceiptVerdict.Valid
            ? receipt!
            : throw new InvalidOperationException(detail);

    public byte[] Checkpoint() => new CheckpointSigner(origin, key).Sign(_entries.Count, Root);

    private Digest[] Leaves() => [.. _entries.Select(e => TreeHash.OfLeaf(e))];
}
