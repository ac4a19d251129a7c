using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Receipts;

/// <summary>A log's signed promise that it holds an entry, whose form was checked and whose signature was not: see <see cref="ReceiptVerifier"/>.</summary>
/// <remarks>
/// A COSE Receipt (RFC 9942) with one inclusion proof, its payload, the root, as a rule detached. The same entry may have
/// many receipts, one for each size of the tree, all true. Immutable, safe for concurrent use. Source: docs/formats/receipt.md.
/// </remarks>
public sealed class Receipt
{
    /// <summary>Longest receipt in bytes: a path of 63 hashes, a name of 200 characters of four bytes, and room.</summary>
    public const int LengthMax = 4096;

    /// <summary>The media type of a receipt (RFC 9943).</summary>
    public const string MediaType = "application/scitt-receipt+cose";

    internal Receipt(byte[] bytes, ReceiptFields fields, InclusionProof proof)
    {
        Bytes = bytes;
        Issuer = fields.Issuer;
        Origin = fields.Origin;
        KeyId = fields.KeyId;
        ProtectedHeader = fields.ProtectedHeader;
        AttachedPayload = fields.Payload;
        Signature = fields.Signature;
        Proof = proof;
    }

    /// <summary>The whole COSE_Sign1.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Who vouches, as the receipt claims it: the log itself under its own name, or a cosigner.</summary>
    public string Issuer { get; }

    /// <summary>The log's name, as the receipt claims it.</summary>
    public string Origin { get; }

    /// <summary>Thumbprint of the signing key, as the receipt claims it.</summary>
    public Digest KeyId { get; }

    /// <summary>Where the entry stands in a tree of which size; even when verified, to be believed only beside a checkpoint of that size and root (docs/formats/receipt.md, section 2).</summary>
    public InclusionProof Proof { get; }

    internal ReadOnlyMemory<byte> ProtectedHeader { get; }

    internal ReadOnlyMemory<byte>? AttachedPayload { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Checks steps 1 to 8 of docs/formats/receipt.md, section 3.</summary>
    /// <param name="bytes">Copied.</param>
    /// <param name="receipt">Set when the verdict is <see cref="ReceiptVerdict.Valid"/>.</param>
    /// <param name="detail">What was wrong where; empty when valid.</param>
    public static ReceiptVerdict TryParse(ReadOnlySpan<byte> bytes, out Receipt? receipt, out string detail) =>
        ReceiptParser.TryParse(bytes, out receipt, out detail);
}
