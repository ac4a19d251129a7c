using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/statements. Each spoiled one is signed again after spoiling, so that only one step can refuse it.</summary>
internal static class StatementVectors
{
    private static readonly Rfc6979SigningKey s_key = SampleCourt.DeviceKey;
    private static readonly Digest s_picture = Digest.Of("a picture"u8);

    private static CoseForge Plain => new(
        CborValue.Map(
            (1, CborValue.Integer(-7)), (4, CborValue.Bytes(s_key.PublicKey.Thumbprint)), (15, Claims()), (16, CborValue.Text(Statement.MediaType))),
        CborValue.Map(("level", CborValue.Integer(3))).Encode());

    private static CoseForge Hashed => (Plain with { Payload = s_picture.ToArray() })
        .With(258, CborValue.Integer(-16)).With(259, CborValue.Text("image/jpeg"));

    public static IEnumerable<Vector> All() => [.. Good(), .. Form(), .. Claim(), .. Chain(), .. Body(), .. Signature()];

    private static IEnumerable<Vector> Good() =>
    [
        Of("valid", StatementVerdict.Valid, "an inline body, no chain", Plain),
        Of("valid-chained-first", StatementVerdict.Valid, "the first statement of a device", Plain.WithClaim(-70003, ChainOf(8, 1, default))),
        Of("valid-chained", StatementVerdict.Valid, "a later statement of a device", Plain.WithClaim(-70003, ChainOf(8, 2, s_picture))),
        Of("valid-hashed", StatementVerdict.Valid, "the hash of a picture", Hashed),
        Of("valid-hashed-about", StatementVerdict.Valid, "the hash of a picture, where it is, and a body about it",
            Hashed.With(260, CborValue.Text("media/1")).WithClaim(-70004, CborValue.Map(("width", CborValue.Integer(640))))),
    ];

    private static IEnumerable<Vector> Form() =>
    [
        Of("too-long", StatementVerdict.TooLong, "a body that makes it 65,536 bytes long", TooLong()) with { File = "too-long.cose" },
        Of("not-canonical-no-tag", StatementVerdict.NotCanonical, "without tag 18", Plain.Sign(s_key)[1..]),
        Of("not-canonical-trailing", StatementVerdict.NotCanonical, "a byte behind it", [.. Plain.Sign(s_key), 0]),
        Of("not-canonical-header-order", StatementVerdict.NotCanonical, "kid before alg in the header", Plain with { EncodedHeader = KidFirst() }),
        Of("unprotected-not-empty", StatementVerdict.UnprotectedNotEmpty, "an unsigned label in the unprotected header",
            Plain with { Unprotected = CborValue.Map((394, CborValue.Array())) }),
        Of("unknown-label-header", StatementVerdict.UnknownLabel, "label 3 in the header", Plain.With(3, CborValue.Text("application/cbor"))),
        Of("unknown-label-crit", StatementVerdict.UnknownLabel, "label 2 (crit) in the header", Plain.With(2, CborValue.Array(CborValue.Integer(99)))),
        Of("unknown-label-claim", StatementVerdict.UnknownLabel, "claim 7 (cti)", Plain.WithClaim(7, CborValue.Bytes([1]))),
        Of("wrong-algorithm", StatementVerdict.WrongAlgorithm, "alg says ES384, the signature is ES256", Plain.With(1, CborValue.Integer(-35))),
        Of("wrong-algorithm-missing", StatementVerdict.WrongAlgorithm, "no alg", Plain.With(1, null)),
        Of("wrong-type", StatementVerdict.WrongType, "typ of something else", Plain.With(16, CborValue.Text("application/cose"))),
        Of("wrong-type-missing", StatementVerdict.WrongType, "no typ", Plain.With(16, null)),
    ];

    private static IEnumerable<Vector> Claim() =>
    [
        Of("claim-no-kid", StatementVerdict.ClaimInvalid, "no kid", Plain.With(4, null)),
        Of("claim-kid-short", StatementVerdict.ClaimInvalid, "a kid of 31 bytes", Plain.With(4, CborValue.Bytes(new byte[31]))),
        Of("claim-no-claims", StatementVerdict.ClaimInvalid, "no claims", Plain.With(15, null)),
        Of("claim-no-issuer", StatementVerdict.ClaimInvalid, "no issuer", Plain.WithClaim(1, null)),
        Of("claim-subject-empty", StatementVerdict.ClaimInvalid, "an empty subject", Plain.WithClaim(2, CborValue.Text(""))),
        Of("claim-kind-control", StatementVerdict.ClaimInvalid, "a line break in the kind", Plain.WithClaim(-70001, CborValue.Text("strip.cut\n"))),
        Of("claim-issuer-long", StatementVerdict.ClaimInvalid, "an issuer of 201 characters", Plain.WithClaim(1, CborValue.Text(new string('a', 201)))),
        Of("claim-time-negative", StatementVerdict.ClaimInvalid, "a time before 1970", Plain.WithClaim(-70002, CborValue.Integer(-1))),
    ];

    private static IEnumerable<Vector> Chain() =>
    [
        Of("chain-boot-short", StatementVerdict.ChainInvalid, "a boot id of 7 bytes", Plain.WithClaim(-70003, ChainOf(7, 2, s_picture))),
        Of("chain-sequence-zero", StatementVerdict.ChainInvalid, "sequence number 0", Plain.WithClaim(-70003, ChainOf(8, 0, default))),
        Of("chain-first-with-previous", StatementVerdict.ChainInvalid, "number 1 with a previous hash", Plain.WithClaim(-70003, ChainOf(8, 1, s_picture))),
        Of("chain-later-without-previous", StatementVerdict.ChainInvalid, "number 2 without a previous hash", Plain.WithClaim(-70003, ChainOf(8, 2, default))),
        Of("chain-not-array", StatementVerdict.ChainInvalid, "the chain is a number", Plain.WithClaim(-70003, CborValue.Integer(2))),
    ];

    private static IEnumerable<Vector> Body() =>
    [
        Of("body-array", StatementVerdict.BodyInvalid, "the body is an array", Plain with { Payload = CborValue.Array().Encode() }),
        Of("body-not-canonical", StatementVerdict.BodyInvalid, "the body's keys are out of order", Plain with { Payload = [0xa2, 0x61, 0x62, 0, 0x61, 0x61, 0] }),
        Of("body-detached", StatementVerdict.BodyInvalid, "the payload is left out", Plain with { Detached = true }),
        Of("body-type-without-hash", StatementVerdict.BodyInvalid, "a content type without a hash algorithm", Plain.With(259, CborValue.Text("image/jpeg"))),
        Of("body-about-without-hash", StatementVerdict.BodyInvalid, "claim -70004 beside an inline body", Plain.WithClaim(-70004, CborValue.EmptyMap)),
        Of("body-hash-short", StatementVerdict.BodyInvalid, "a hash of 31 bytes", Hashed with { Payload = s_picture.ToArray()[..31] }),
        Of("body-hash-algorithm", StatementVerdict.BodyInvalid, "hashed with SHA-384, it says", Hashed.With(258, CborValue.Integer(-43))),
        Of("body-hash-without-type", StatementVerdict.BodyInvalid, "a hash without a content type", Hashed.With(259, null)),
    ];

    private static IEnumerable<Vector> Signature() =>
    [
        Of("key-mismatch", StatementVerdict.KeyMismatch, "signed, and judged with another key than the one it names", Plain)
            with { Key = Convert.ToHexStringLower(SampleCourt.StationKey.PublicKey.ToCbor().Encode()) },
        Of("signature-high-s", StatementVerdict.SignatureNotLowS, "the other valid signature, with s above n/2", Plain with { Signature = CoseForge.HighS }),
        Of("signature-short", StatementVerdict.SignatureNotLowS, "a signature of 63 bytes", Plain with { Signature = s => s[..63] }),
        Of("signature-invalid", StatementVerdict.SignatureInvalid, "one bit of the signature flipped", Golden.Flip(Plain.Sign(s_key), -1)),
        Of("signature-of-other-body", StatementVerdict.SignatureInvalid, "the body changed after signing",
            Plain with { Attached = CborValue.Map(("level", CborValue.Integer(0))).Encode() }),
    ];

    private static CborValue Claims() => CborValue.Map(
        (1, CborValue.Text(SampleCourt.Device)), (2, CborValue.Text(SampleCourt.Seal)), (-70001, CborValue.Text("strip.cut")),
        (-70002, CborValue.Integer(1_767_225_600_000)));

    private static CborValue ChainOf(int bootBytes, long sequence, Digest previous) =>
        CborValue.Array(CborValue.Bytes(new byte[bootBytes]), CborValue.Integer(sequence), CborValue.Bytes(previous));

    private static byte[] TooLong()
    {
        var length = Statement.LengthMax + 1;
        var one = Filled(length / 2).Length;
        return Filled((length / 2) + length - one);

        static byte[] Filled(int text) =>
            (Plain with { Payload = CborValue.Map(("note", CborValue.Text(new string('a', text)))).Encode() }).Sign(s_key);
    }

    private static byte[] KidFirst()
    {
        var header = Plain.Header.AsMap();
        return [0xa4, .. Encode(header[1]), .. Encode(header[0]), .. Encode(header[2]), .. Encode(header[3])];

        static byte[] Encode(KeyValuePair<CborValue, CborValue> entry) => [.. entry.Key.Encode(), .. entry.Value.Encode()];
    }

    private static Vector Of(string name, StatementVerdict verdict, string description, CoseForge forge) => Of(name, verdict, description, forge.Sign(s_key));

    private static Vector Of(string name, StatementVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes, s_key.PublicKey);
}
