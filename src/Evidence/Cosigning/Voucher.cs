using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>One court that vouches for a checkpoint: its cosignature verified.</summary>
/// <param name="Court">Who.</param>
/// <param name="Name">The name it cosigned under.</param>
/// <param name="TimeSeconds">Its clock when it cosigned, seconds since 1970-01-01 UTC.</param>
/// <param name="ReceiptSignature">The verified signature of its COSE receipts; empty where the note does not carry it.</param>
public sealed record Voucher(CourtMember Court, string Name, long TimeSeconds, ReadOnlyMemory<byte> ReceiptSignature)
{
    /// <summary>This court's own COSE receipt (RFC 9942) for one entry under the checkpoint; null where the note does not carry the signature.</summary>
    /// <param name="checkpoint">The checkpoint it vouches for.</param>
    /// <param name="leaf">Leaf hash of the entry.</param>
    /// <param name="proof">Leads from the leaf to the checkpoint's root.</param>
    /// <exception cref="ArgumentException">The proof does not lead there, or the tree has size 1.</exception>
    public byte[]? CutReceipt(Checkpoint checkpoint, Digest leaf, InclusionProof proof)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return ReceiptSignature.IsEmpty
            ? null
            : new SignedRoot(
                checkpoint.Root, ReceiptIssuer.Header(Name, checkpoint.Origin, Court.CosignerKey.Thumbprint), ReceiptSignature.ToArray()).CutReceipt(leaf, proof);
    }
}
