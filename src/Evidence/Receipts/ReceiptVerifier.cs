using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Receipts;

/// <summary>Checks that a log holds an entry, from the receipt, the entry's bytes and the log's key alone. Stateless, safe for concurrent callers.</summary>
/// <remarks>
/// RFC 9942 signs the root, not size and index: whoever relies on those compares size and root with a signed checkpoint,
/// as <see cref="Verification.PackVerifier"/> does in its step 11.
/// </remarks>
public static class ReceiptVerifier
{
    /// <summary>Runs steps 1 to 13 of docs/formats/receipt.md, section 3.</summary>
    /// <param name="receipt">The receipt as it came, untrusted.</param>
    /// <param name="entry">The entry it is for: all bytes of the statement.</param>
    /// <param name="origin">The log that is asked about.</param>
    /// <param name="logKey">The key the caller trusts for that log.</param>
    /// <param name="root">The proven root; only when the verdict is <see cref="ReceiptVerdict.Valid"/>.</param>
    public static ReceiptVerdict Verify(
        ReadOnlySpan<byte> receipt, ReadOnlySpan<byte> entry, string origin, VerificationKey logKey, out Digest root)
    {
        root = default;
        var verdict = Receipt.TryParse(receipt, out var parsed, out _);
        return verdict == ReceiptVerdict.Valid ? Verify(parsed!, entry, origin, logKey, out root) : verdict;
    }

    /// <summary>Runs steps 9 to 13 on a receipt of the log itself that was parsed before.</summary>
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, string, VerificationKey, out Digest)"/>
    public static ReceiptVerdict Verify(Receipt receipt, ReadOnlySpan<byte> entry, string origin, VerificationKey logKey, out Digest root) =>
        Verify(receipt, entry, origin, origin, logKey, out root);

    /// <summary>Runs steps 9 to 13 on a receipt that was parsed before.</summary>
    /// <param name="receipt">Parsed, not verified.</param>
    /// <param name="entry">The entry it is for.</param>
    /// <param name="origin">The log that is asked about.</param>
    /// <param name="issuer">Who is asked to vouch: the log itself, or a cosigner of it.</param>
    /// <param name="issuerKey">The key the caller trusts for that issuer.</param>
    /// <param name="root">The proven root; only when the verdict is <see cref="ReceiptVerdict.Valid"/>.</param>
    public static ReceiptVerdict Verify(
        Receipt receipt, ReadOnlySpan<byte> entry, string origin, string issuer, VerificationKey issuerKey, out Digest root)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(issuerKey);
        root = default;

        // 9. Of the log that was asked about, by the one who was asked.
        if (receipt.Origin != origin || receipt.Issuer != issuer)
        {
            return ReceiptVerdict.WrongLog;
        }

        // 10. Under the key that is trusted for that one.
        if (receipt.KeyId != issuerKey.PublicKey.Thumbprint)
        {
            return ReceiptVerdict.KeyMismatch;
        }

        // RFC 9162 section 2.1.3.2: the root that entry and path lead to. Its shape was checked in step 8.
        if (!receipt.Proof.TryComputeRoot(TreeHash.OfLeaf(entry), out var computed))
        {
            return ReceiptVerdict.ProofImpossible;
        }

        // 11. What is attached is what was computed; else the signature would be over something nobody proved.
        var payload = computed.ToArray();
        if (receipt.AttachedPayload is { } attached && !attached.Span.SequenceEqual(payload))
        {
            return ReceiptVerdict.PayloadNotRoot;
        }

        // 12. One signature, one encoding.
        if (!LowS.Holds(receipt.Signature.Span))
        {
            return ReceiptVerdict.SignatureNotLowS;
        }

        // 13. RFC 9052 section 4.4, with the computed root as the payload (RFC 9942 section 5.2.1).
        if (!issuerKey.Verify(CoseSign1.ToBeSigned(receipt.ProtectedHeader.Span, payload), receipt.Signature.Span))
        {
            return ReceiptVerdict.SignatureInvalid;
        }

        root = computed;
        return ReceiptVerdict.Valid;
    }
}
