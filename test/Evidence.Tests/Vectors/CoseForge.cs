using System.Globalization;
using System.Numerics;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes COSE_Sign1 messages that the product would never make, rightly signed all the same.</summary>
internal sealed record CoseForge(CborValue Header, byte[] Payload)
{
    private static readonly BigInteger s_order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public CborValue Unprotected { get; init; } = CborValue.EmptyMap;

    public byte[]? EncodedHeader { get; init; }

    public bool Detached { get; init; }

    /// <summary>What stands as the payload, when it is not what was signed.</summary>
    public byte[]? Attached { get; init; }

    public Func<byte[], byte[]> Signature { get; init; } = s => s;

    public CoseForge With(long label, CborValue? value) => this with { Header = Set(Header, label, value) };

    public CoseForge WithClaim(long label, CborValue? value)
    {
        Header.TryGet(15, out var claims);
        return With(15, Set(claims!, label, value));
    }

    public byte[] Sign(SigningKey key)
    {
        var header = EncodedHeader ?? Header.Encode();
        var signature = Signature(key.Sign(CoseSign1.ToBeSigned(header, Payload)));
        return CoseSign1.Encode(header, Unprotected, Detached ? null : Attached ?? Payload, signature);
    }

    /// <summary>The other of the two signatures that ECDSA takes for valid.</summary>
    public static byte[] HighS(byte[] signature)
    {
        var s = s_order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. s.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }

    private static CborValue Set(CborValue map, long label, CborValue? value)
    {
        var rest = map.AsMap().Where(e => e.Key.Kind != CborKind.Integer || e.Key.AsInteger() != label);
        return CborValue.Map(value is null ? rest : rest.Append(new(CborValue.Integer(label), value)));
    }
}
