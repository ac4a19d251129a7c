using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Receipts;

/// <summary>A root that its log has signed; receipts for every entry under it are cut from it without another signature.</summary>
/// <remarks>Made by <see cref="ReceiptIssuer"/>. Immutable, safe for concurrent use.</remarks>
public sealed class SignedRoot
{
    private readonly byte[] _header;
    private readonly byte[] _signature;

    internal SignedRoot(Digest root, byte[] header, byte[] signature)
    {
        Root = root;
        _header = header;
        _signature = signature;
    }

    /// <summary>The root.</summary>
    public Digest Root { get; }

    /// <summary>The receipt for one entry, its payload detached.</summary>
    /// <param name="leaf">Leaf hash of the entry, <see cref="TreeHash.OfLeaf"/>.</param>
    /// <param name="proof">Leads from the leaf to <see cref="Root"/>.</param>
    /// <exception cref="ArgumentException">The proof does not lead there, or the tree has size 1, for which RFC 9942 has no receipt.</exception>
    public byte[] CutReceipt(Digest leaf, InclusionProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.TreeSize < 2 || !proof.Verify(leaf, Root))
        {
            throw new ArgumentException("The proof does not lead to the signed root of a tree of at least two entries.", nameof(proof));
        }

        var encoded = CborValue.Array(
            CborValue.Integer(proof.TreeSize),
            CborValue.Integer(proof.LeafIndex),
            CborValue.Array([.. proof.Path.Select(CborValue.Bytes)])).Encode();
        var proofs = CborValue.Map((ReceiptLabels.Inclusion, CborValue.Array(CborValue.Bytes(encoded))));
        return CoseSign1.Encode(_header, CborValue.Map((ReceiptLabels.Proofs, proofs)), null, _signature);
    }
}
