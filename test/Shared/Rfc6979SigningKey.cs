using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Shared;

/// <summary>A P-256 key whose signatures are a function of key and data, so that golden bytes can be made again.</summary>
/// <remarks>For tests only: it is not constant-time. Source: RFC 6979 section 3.2; checked against its appendix A.2.5.</remarks>
public sealed class Rfc6979SigningKey : SigningKey
{
    private const int ScalarBytes = 32;

    private static readonly BigInteger s_order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly BigInteger _secret;

    /// <summary>Takes the private scalar, 32 bytes big-endian.</summary>
    public Rfc6979SigningKey(ReadOnlySpan<byte> secret)
    {
        _secret = Number(secret);
        using var key = Import(secret);
        PublicKey = CoseKey.From(key);
    }

    /// <inheritdoc/>
    public override CoseKey PublicKey { get; }

    /// <summary>The key a test calls by a name.</summary>
    public static Rfc6979SigningKey Named(string name) =>
        new(Bytes((Number(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("cinnabar test key: " + name))) % (s_order - 1)) + 1));

    /// <summary>r and s as RFC 6979 computes them, before s is brought below half the order.</summary>
    public byte[] SignAsTheRfcDoes(ReadOnlySpan<byte> data) => SignAnyS(data);

    /// <inheritdoc/>
    protected override byte[] SignAnyS(ReadOnlySpan<byte> data)
    {
        var hash = SHA256.HashData(data);
        var k = Nonce(hash);
        using var point = Import(Bytes(k));
        var r = Number(point.ExportParameters(false).Q.X) % s_order;
        var inverse = BigInteger.ModPow(k, s_order - 2, s_order);
        var s = inverse * (Number(hash) + (r * _secret)) % s_order;
        return [.. Bytes(r), .. Bytes(s)];
    }

    private BigInteger Nonce(byte[] hash)
    {
        // RFC 6979 section 3.2, steps b to h, for qlen = hlen = 256. The retry of step h has odds of 2^-32 and is there.
        byte[] seed = [.. Bytes(_secret), .. Bytes(Number(hash) % s_order)];
        var v = new byte[ScalarBytes];
        Array.Fill(v, (byte)1);
        var key = new byte[ScalarBytes];
        key = Hmac(key, [.. v, 0, .. seed]);
        v = Hmac(key, v);
        key = Hmac(key, [.. v, 1, .. seed]);
        v = Hmac(key, v);
        while (true)
        {
            v = Hmac(key, v);
            var k = Number(v);
            if (k > 0 && k < s_order)
            {
                return k;
            }

            key = Hmac(key, [.. v, 0]);
            v = Hmac(key, v);
        }
    }

    private static byte[] Hmac(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);

    private static ECDsa Import(ReadOnlySpan<byte> secret) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret.ToArray() });

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[ScalarBytes];
        var minimal = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        minimal.CopyTo(bytes.AsSpan(ScalarBytes - minimal.Length));
        return bytes;
    }
}
