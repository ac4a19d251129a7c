using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Gateway;

/// <summary>A seal's next statement with exactly one thing wrong.</summary>
internal static class Spoiled
{
    public static byte[] Make(TestSeal seal, string spoiling)
    {
        var draft = seal.Draft();
        var good = draft.Sign(seal.Key).Bytes.ToArray();
        switch (spoiling)
        {
            case "truncated":
                return good[..^1];
            case "trailing byte":
                return [.. good, 0];
            case "indefinite length":
                // The array head 84 becomes 9F with a break at the end.
                return [good[0], 0x9F, .. good[2..], 0xFF];
            case "unknown label":
                return WithLabel(good, seal.Key);
            case "flipped signature":
                good[^1] ^= 1;
                return good;
            case "other key":
                using (var other = TestSeal.NewKey())
                {
                    return draft.Sign(other).Bytes.ToArray();
                }

            case "foreign issuer":
                return (draft with { Issuer = "device:seal-2" }).Sign(seal.Key).Bytes.ToArray();
            case "wrong seal":
                return (draft with { Subject = TestCourt.Seal(99) }).Sign(seal.Key).Bytes.ToArray();
            case "no chain":
                return (draft with { Chain = null }).Sign(seal.Key).Bytes.ToArray();
            default:
                throw new ArgumentException(spoiling, nameof(spoiling));
        }
    }

    private static byte[] WithLabel(byte[] good, SigningKey key)
    {
        var cose = CoseSign1.Parse(good);
        var header = CborValue.Map([.. CborValue.Decode(cose.ProtectedHeader.Span).AsMap(), new(CborValue.Integer(99), CborValue.Integer(1))]).Encode();
        var payload = cose.Payload!.Value.ToArray();
        return CoseSign1.Encode(header, CborValue.EmptyMap, payload, key.Sign(CoseSign1.ToBeSigned(header, payload)));
    }
}
