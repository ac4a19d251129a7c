using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/receipts: receipts for entry 4 of a log of 11. Each spoiled one is signed again after spoiling.</summary>
internal static class ReceiptVectors
{
    private const int Index = 4;

    private static readonly Rfc6979SigningKey s_key = SampleCourt.LogKey;
    private static readonly SampleLog s_log = Log(11);
    private static readonly byte[] s_root = s_log.Root.ToArray();

    private static CoseForge Plain => new(
        CborValue.Map(
            (1, CborValue.Integer(-7)), (4, CborValue.Bytes(s_key.PublicKey.Thumbprint)),
            (15, CborValue.Map((1, CborValue.Text(SampleCourt.Origin)))), (395, CborValue.Integer(1))),
        s_root)
    {
        Detached = true,
        Unprotected = Proofs(s_log.Prove(Index)),
    };

    public static IEnumerable<Vector> All() => [.. Good(), .. Form(), .. Proof(), .. Trust()];

    private static IEnumerable<Vector> Good() =>
    [
        Of("valid", ReceiptVerdict.Valid, "entry 4 of 11, payload detached", s_log.Receipt(Index)),
        Of("valid-attached", ReceiptVerdict.Valid, "the same with the root attached", Plain with { Detached = false }),
        Of("valid-last", ReceiptVerdict.Valid, "the last entry, whose path is shorter", s_log.Receipt(10)) with { Entry = Hex(s_log.Entries[10]) },
        Of("valid-size-2", ReceiptVerdict.Valid, "the smallest tree that has receipts", Log(2).Receipt(0)) with { Entry = Hex(s_log.Entries[0]) },
    ];

    private static IEnumerable<Vector> Form() =>
    [
        Of("too-long", ReceiptVerdict.TooLong, "a path of 130 hashes", Plain with { Unprotected = Proofs(new InclusionProof(4, 11, [.. Enumerable.Repeat(s_log.Root, 130)])) }),
        Of("not-canonical-trailing", ReceiptVerdict.NotCanonical, "a byte behind it", [.. Plain.Sign(s_key), 0]),
        Of("not-canonical-header-order", ReceiptVerdict.NotCanonical, "label 395 before label 15, as in the sample of RFC 9942", Plain with { EncodedHeader = VdsBeforeClaims() }),
        Of("unknown-label-header", ReceiptVerdict.UnknownLabel, "label 3 in the header", Plain.With(3, CborValue.Text("application/cbor"))),
        Of("unknown-label-claim", ReceiptVerdict.UnknownLabel, "claim 3 (aud)", Plain.WithClaim(3, CborValue.Text("x"))),
        Of("wrong-algorithm", ReceiptVerdict.WrongAlgorithm, "alg says ES384, the signature is ES256", Plain.With(1, CborValue.Integer(-35))),
        Of("wrong-structure", ReceiptVerdict.WrongStructure, "vds 2, another verifiable data structure", Plain.With(395, CborValue.Integer(2))),
        Of("wrong-structure-missing", ReceiptVerdict.WrongStructure, "no vds", Plain.With(395, null)),
        Of("claim-kid-short", ReceiptVerdict.ClaimInvalid, "kid \"test-key-1\", as in the sample of RFC 9942", Plain.With(4, CborValue.Bytes([.. "test-key-1"u8]))),
        Of("claim-no-issuer", ReceiptVerdict.ClaimInvalid, "no issuer", Plain.WithClaim(1, null)),
    ];

    private static IEnumerable<Vector> Proof() =>
    [
        Of("proof-beside-other", ReceiptVerdict.ProofMalformed, "another label beside 396 in the unprotected header",
            Plain with { Unprotected = CborValue.Map(Plain.Unprotected.AsMap().Append(new(CborValue.Integer(394), CborValue.Array()))) }),
        Of("proof-two", ReceiptVerdict.ProofMalformed, "two inclusion proofs", Plain with { Unprotected = Proofs(s_log.Prove(4), s_log.Prove(5)) }),
        Of("proof-consistency", ReceiptVerdict.ProofMalformed, "a consistency proof (-2) in its place",
            Plain with { Unprotected = CborValue.Map((396, CborValue.Map((-2, CborValue.Array(CborValue.Bytes(Encoded(s_log.Prove(4)))))))) }),
        Of("proof-index-first", ReceiptVerdict.ProofImpossible, "leaf index before tree size", Plain with { Unprotected = Proofs(new InclusionProof(11, 4, s_log.Prove(4).Path)) }),
        Of("proof-empty-path", ReceiptVerdict.ProofMalformed, "a tree of size 1, whose path is empty",
            (Plain with { Payload = TreeHash.OfLeaf(s_log.Entries[Index]).ToArray() }) with { Unprotected = Proofs(new InclusionProof(0, 1, [])) }),
        Of("proof-size-1", ReceiptVerdict.ProofImpossible, "a tree of size 1 with a hash in its path", Plain with { Unprotected = Proofs(new InclusionProof(0, 1, [s_log.Root])) }),
        Of("proof-path-long", ReceiptVerdict.ProofImpossible, "one hash too many", Plain with { Unprotected = Proofs(new InclusionProof(4, 11, [.. s_log.Prove(4).Path, s_log.Root])) }),
    ];

    private static IEnumerable<Vector> Trust() =>
    [
        Of("wrong-log", ReceiptVerdict.WrongLog, "asked about another log", Plain) with { Origin = "log.court.example/2027" },
        Of("key-mismatch", ReceiptVerdict.KeyMismatch, "judged with another key than the one it names", Plain)
            with { Key = Hex(SampleCourt.StationKey.PublicKey.ToCbor().Encode()) },
        Of("payload-not-root", ReceiptVerdict.PayloadNotRoot, "another root attached, while the signature is over the right one",
            Plain with { Detached = false, Attached = TreeHash.OfEmptyTree.ToArray() }),
        Of("signature-high-s", ReceiptVerdict.SignatureNotLowS, "the other valid signature, with s above n/2", Plain with { Signature = CoseForge.HighS }),
        Of("signature-invalid", ReceiptVerdict.SignatureInvalid, "one bit of the signature flipped", Golden.Flip(Plain.Sign(s_key), -1)),
        Of("entry-altered", ReceiptVerdict.SignatureInvalid, "one bit of the entry flipped", Plain) with { Entry = Hex(Golden.Flip(s_log.Entries[Index], 0)) },
        Of("path-altered", ReceiptVerdict.SignatureInvalid, "another hash in the path",
            Plain with { Unprotected = Proofs(new InclusionProof(4, 11, [s_log.Root, .. s_log.Prove(4).Path.Skip(1)])) }),
        Of("index-altered", ReceiptVerdict.SignatureInvalid, "the index of the neighbour", Plain with { Unprotected = Proofs(new InclusionProof(5, 11, s_log.Prove(4).Path)) }),
    ];

    private static SampleLog Log(int size)
    {
        var log = new SampleLog(SampleCourt.Origin, s_key);
        for (var i = 0; i < size; i++)
        {
            log.Append(System.Text.Encoding.UTF8.GetBytes($"entry {i}"));
        }

        return log;
    }

    private static CborValue Proofs(params InclusionProof[] proofs) =>
        CborValue.Map((396, CborValue.Map((-1, CborValue.Array([.. proofs.Select(p => CborValue.Bytes(Encoded(p)))])))));

    private static byte[] Encoded(InclusionProof proof) => CborValue.Array(
        CborValue.Integer(proof.TreeSize), CborValue.Integer(proof.LeafIndex), CborValue.Array([.. proof.Path.Select(CborValue.Bytes)])).Encode();

    private static byte[] VdsBeforeClaims()
    {
        var header = Plain.Header.AsMap();
        return [0xa4, .. Encode(header[0]), .. Encode(header[1]), .. Encode(header[3]), .. Encode(header[2])];

        static byte[] Encode(KeyValuePair<CborValue, CborValue> entry) => [.. entry.Key.Encode(), .. entry.Value.Encode()];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static Vector Of(string name, ReceiptVerdict verdict, string description, CoseForge forge) => Of(name, verdict, description, forge.Sign(s_key));

    private static Vector Of(string name, ReceiptVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes, s_key.PublicKey) with { Origin = SampleCourt.Origin, Entry = Hex(s_log.Entries[Index]) };
}
