using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Cose;

/// <summary>A public P-256 key as a COSE_Key, named by its thumbprint.</summary>
/// <remarks>
/// Immutable, safe for concurrent use. Source: RFC 9052 section 7, RFC 9053 section 7.1.1 (kty 2, crv 1, x, y),
/// RFC 9679 (thumbprint: SHA-256 over the deterministic encoding of the required members).
/// </remarks>
public sealed class CoseKey : IEquatable<CoseKey>
{
    private const int CoordinateBytes = 32;

    private readonly byte[] _x;
    private readonly byte[] _y;

    private CoseKey(byte[] x, byte[] y)
    {
        _x = x;
        _y = y;
        Thumbprint = Digest.Of(ToCbor().Encode());
    }

    /// <summary>RFC 9679 thumbprint; the <c>kid</c> of everything this key signs.</summary>
    public Digest Thumbprint { get; }

    /// <summary>Takes the public half of a P-256 key.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public static CoseKey From(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Q.X is { Length: CoordinateBytes } x && parameters.Q.Y is { Length: CoordinateBytes } y
            ? new CoseKey(x, y)
            : throw new ArgumentException("Only P-256 keys are used.", nameof(key));
    }

    /// <summary>Reads a COSE_Key map with exactly kty, crv, x, y.</summary>
    /// <exception cref="FormatException">The map is anything else, or the point is not on the curve.</exception>
    public static CoseKey FromCbor(CborValue value)
    {
        if (value.AsMap().Count != 4
            || !value.TryGet(1, out var kty) || kty.AsInteger() != 2
            || !value.TryGet(-1, out var crv) || crv.AsInteger() != 1
            || !value.TryGet(-2, out var x) || x.AsBytes().Length != CoordinateBytes
            || !value.TryGet(-3, out var y) || y.AsBytes().Length != CoordinateBytes)
        {
            throw new FormatException("Not a COSE_Key with kty EC2, crv P-256, x and y of 32 bytes.");
        }

        var key = new CoseKey(x.AsBytes().ToArray(), y.AsBytes().ToArray());
        try
        {
            using var onCurve = key.ToECDsa();
        }
        catch (CryptographicException)
        {
            throw new FormatException("The point of the COSE_Key is not on P-256.");
        }

        return key;
    }

    /// <summary>Reads a DER SubjectPublicKeyInfo of a P-256 key.</summary>
    /// <exception cref="CryptographicException">The bytes are not such a key.</exception>
    public static CoseKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(der, out _);
        return From(key);
    }

    /// <summary>The COSE_Key map {1: 2, -1: 1, -2: x, -3: y}.</summary>
    public CborValue ToCbor() =>
        CborValue.Map((1, CborValue.Integer(2)), (-1, CborValue.Integer(1)), (-2, CborValue.Bytes(_x)), (-3, CborValue.Bytes(_y)));

    /// <summary>The DER SubjectPublicKeyInfo, which C2SP key ids are computed over.</summary>
    public byte[] ToSubjectPublicKeyInfo()
    {
        using var key = ToECDsa();
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>A platform key; the caller disposes it. Importing costs more than verifying: keep a <see cref="VerificationKey"/>.</summary>
    public ECDsa ToECDsa() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = _x, Y = _y },
    });

    /// <inheritdoc/>
    public bool Equals(CoseKey? other) => other is not null && Thumbprint == other.Thumbprint;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CoseKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Thumbprint.GetHashCode();
}
