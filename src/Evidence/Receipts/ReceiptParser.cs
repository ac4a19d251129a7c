using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Receipts;

/// <summary>Steps 1 to 8 of docs/formats/receipt.md, section 3, in that order.</summary>
internal static class ReceiptParser
{
    private static readonly long[] s_headerLabels =
        [CoseSign1.AlgorithmLabel, ReceiptLabels.Kid, ReceiptLabels.Claims, ReceiptLabels.DataStructure];

    public static ReceiptVerdict TryParse(ReadOnlySpan<byte> bytes, out Receipt? receipt, out string detail)
    {
        receipt = null;
        try
        {
            receipt = Parse(bytes);
            detail = "";
            return ReceiptVerdict.Valid;
        }
        catch (ReceiptRefusal refusal)
        {
            detail = refusal.Message;
            return refusal.Verdict;
        }
    }

    private static Receipt Parse(ReadOnlySpan<byte> bytes)
    {
        // 1. Length.
        Require(bytes.Length <= Receipt.LengthMax, ReceiptVerdict.TooLong, $"{bytes.Length} bytes; at most {Receipt.LengthMax}.");

        // 2. One tagged COSE_Sign1 in the deterministic subset, its header too. RFC 9942 does not ask for that; we do,
        //    so that no two readers can read two things.
        var cose = Canonical(bytes, out var header);

        // 3. Only labels we know.
        RequireKnown(header, s_headerLabels, "header");
        var claimed = header.TryGet(ReceiptLabels.Claims, out var claims) && claims.Kind == CborKind.Map;
        if (claimed)
        {
            RequireKnown(claims!, [ReceiptLabels.Issuer, ReceiptLabels.Subject], "claims");
        }

        // 4. Algorithm.
        Require(
            header.TryGet(CoseSign1.AlgorithmLabel, out var alg) && alg.Kind == CborKind.Integer && alg.AsInteger() == CoseSign1.Es256,
            ReceiptVerdict.WrongAlgorithm, "Label 1 is not ES256 (-7).");

        // 5. Verifiable data structure.
        Require(
            header.TryGet(ReceiptLabels.DataStructure, out var vds) && vds.Kind == CborKind.Integer && vds.AsInteger() == ReceiptLabels.Rfc9162Sha256,
            ReceiptVerdict.WrongStructure, "Label 395 is not RFC9162_SHA256 (1).");

        // 6. Key id and issuer.
        Require(
            header.TryGet(ReceiptLabels.Kid, out var kid) && kid.Kind == CborKind.Bytes && kid.AsBytes().Length == Digest.LengthBytes,
            ReceiptVerdict.ClaimInvalid, "Label 4 is not a key thumbprint of 32 bytes.");
        Require(
            claimed && claims!.TryGet(ReceiptLabels.Issuer, out var issuer) && IsName(issuer),
            ReceiptVerdict.ClaimInvalid, $"Label 15 holds no issuer of 1 to {Statement.NameLengthMax} characters.");
        var log = claims!.TryGet(ReceiptLabels.Subject, out var subject) ? subject : null;
        Require(log is null || IsName(log), ReceiptVerdict.ClaimInvalid, $"The subject in label 15 is not a name of 1 to {Statement.NameLengthMax} characters.");
        var from = claims.TryGet(ReceiptLabels.Issuer, out var name) ? name.AsText() : "";

        // 7. Exactly one inclusion proof and nothing else that is not signed.
        var proof = Proof(cose.Unprotected);

        // 8. Size, index and path belong together. [+ bstr] in RFC 9942 forbids an empty path, so size 1 has no receipt.
        Require(
            proof.TreeSize >= 2 && proof.Path.Count == InclusionProof.PathLength(proof.LeafIndex, proof.TreeSize),
            ReceiptVerdict.ProofImpossible,
            $"Index {proof.LeafIndex} in a tree of {proof.TreeSize} has no path of {proof.Path.Count} hashes.");
        return new Receipt(
            bytes.ToArray(), new ReceiptFields(from, log?.AsText() ?? from, kid!.AsDigest(), cose.ProtectedHeader, cose.Payload, cose.Signature), proof);
    }

    private static bool IsName(CborValue value) =>
        value.Kind == CborKind.Text && value.AsText().Length is > 0 and <= Statement.NameLengthMax && !value.AsText().Any(char.IsControl);

    private static CoseSign1 Canonical(ReadOnlySpan<byte> bytes, out CborValue header)
    {
        try
        {
            var cose = CoseSign1.Parse(bytes);
            header = CborValue.Decode(cose.ProtectedHeader.Span);
            Require(header.Kind == CborKind.Map, ReceiptVerdict.NotCanonical, "The protected header is not a map.");
            return cose;
        }
        catch (CborRefusedException refused)
        {
            throw new ReceiptRefusal(ReceiptVerdict.NotCanonical, refused.Message);
        }
    }

    private static void RequireKnown(CborValue map, long[] known, string place)
    {
        foreach (var (key, _) in map.AsMap())
        {
            Require(
                key.Kind == CborKind.Integer && known.Contains(key.AsInteger()),
                ReceiptVerdict.UnknownLabel,
                $"Unknown label {(key.Kind == CborKind.Integer ? key.AsInteger() : key.AsText())} in the {place}.");
        }
    }

    private static InclusionProof Proof(CborValue unprotected)
    {
        Require(
            unprotected.AsMap() is [{ Key.Kind: CborKind.Integer } vdp] && vdp.Key.AsInteger() == ReceiptLabels.Proofs
            && vdp.Value.Kind == CborKind.Map
            && vdp.Value.AsMap() is [{ Key.Kind: CborKind.Integer } inclusion] && inclusion.Key.AsInteger() == ReceiptLabels.Inclusion
            && inclusion.Value.Kind == CborKind.Array && inclusion.Value.AsArray() is [{ Kind: CborKind.Bytes }],
            ReceiptVerdict.ProofMalformed, "The unprotected header is not {396: {-1: [one byte string]}}.");
        var encoded = unprotected.AsMap()[0].Value.AsMap()[0].Value.AsArray()[0].AsBytes();
        var proof = Decode(encoded.Span);
        Require(
            proof.Kind == CborKind.Array
            && proof.AsArray() is [{ Kind: CborKind.Integer } size, { Kind: CborKind.Integer } index, { Kind: CborKind.Array } path]
            && size.AsInteger() >= 0 && index.AsInteger() >= 0 && path.AsArray().Count > 0
            && path.AsArray().All(h => h.Kind == CborKind.Bytes && h.AsBytes().Length == Digest.LengthBytes),
            ReceiptVerdict.ProofMalformed, "The proof is not [size, index, [at least one hash of 32 bytes]].");
        var parts = proof.AsArray();
        return new InclusionProof(parts[1].AsInteger(), parts[0].AsInteger(), [.. parts[2].AsArray().Select(h => h.AsDigest())]);
    }

    private static CborValue Decode(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return CborValue.Decode(encoded);
        }
        catch (CborRefusedException refused)
        {
            throw new ReceiptRefusal(ReceiptVerdict.ProofMalformed, "In the proof: " + refused.Message);
        }
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, ReceiptVerdict verdict, string detail)
    {
        if (!holds)
        {
            throw new ReceiptRefusal(verdict, detail);
        }
    }

    /// <summary>Carries a verdict out of the parser; never leaves it.</summary>
    private sealed class ReceiptRefusal(ReceiptVerdict verdict, string detail) : Exception(detail)
    {
        public ReceiptVerdict Verdict { get; } = verdict;
    }
}
