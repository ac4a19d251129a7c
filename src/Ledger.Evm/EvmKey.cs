using System.Numerics;
using Cinnabar.Ledger.Evm.Signing;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Cinnabar.Ledger.Evm;

/// <summary>A court's key on an EVM chain. It pays for anchors and owns nothing else: not the key that signs the log.</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Nonces are RFC 6979's, so no randomness can be weak, and the same transaction has the same
/// bytes. BouncyCastle does not promise constant time: keep the key on a machine that strangers run nothing on.
/// </remarks>
public sealed class EvmKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int LengthBytes = 32;

    private static readonly X9ECParameters s_curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly ECDomainParameters s_domain = new(s_curve.Curve, s_curve.G, s_curve.N, s_curve.H);

    private readonly ECPrivateKeyParameters _key;
    private readonly byte[] _point;

    /// <summary>Takes the secret scalar, big-endian.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes, or not a scalar of secp256k1.</exception>
    public EvmKey(ReadOnlySpan<byte> secret)
    {
        var scalar = new CurveInteger(1, secret.ToArray());
        if (secret.Length != LengthBytes || scalar.SignValue == 0 || scalar.CompareTo(s_domain.N) >= 0)
        {
            throw new ArgumentException("A key is a scalar of secp256k1 in 32 bytes.", nameof(secret));
        }

        _key = new ECPrivateKeyParameters(scalar, s_domain);
        _point = s_domain.G.Multiply(scalar).GetEncoded(compressed: false);
        Address = new EvmAddress(Keccak256.Hash(_point.AsSpan(1)).AsSpan(Keccak256.LengthBytes - EvmAddress.LengthBytes));
    }

    /// <summary>The account that the key moves.</summary>
    public EvmAddress Address { get; }

    /// <summary>Signs a Keccak-256 hash; s is in the lower half, as EIP-2 demands.</summary>
    internal EvmSignature Sign(ReadOnlySpan<byte> hash)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, _key);
        var rs = signer.GenerateSignature(hash.ToArray());
        var (r, s) = (rs[0], rs[1]);
        if (s.CompareTo(s_domain.N.ShiftRight(1)) > 0)
        {
            s = s_domain.N.Subtract(s);
        }

        // The signer does not tell which of the two points it used; one of them gives our public key back.
        var parity = Recover(hash, r, s, 0).AsSpan().SequenceEqual(_point) ? 0 : 1;
        return new EvmSignature(Number(r), Number(s), parity);
    }

    // SEC 1, 4.1.6, for the points whose x is r itself: r beyond the order has odds of 2^-128.
    private static byte[] Recover(ReadOnlySpan<byte> hash, CurveInteger r, CurveInteger s, int parity)
    {
        byte[] compressed = [(byte)(2 + parity), .. Number(r).ToByteArray(isUnsigned: true, isBigEndian: true)];
        var padded = new byte[1 + LengthBytes];
        padded[0] = compressed[0];
        compressed.AsSpan(1).CopyTo(padded.AsSpan(padded.Length - compressed.Length + 1));
        var point = s_domain.Curve.DecodePoint(padded);
        var inverse = r.ModInverse(s_domain.N);
        var u1 = inverse.Multiply(new CurveInteger(1, hash.ToArray())).Negate().Mod(s_domain.N);
        var u2 = inverse.Multiply(s).Mod(s_domain.N);
        return ECAlgorithms.SumOfTwoMultiplies(s_domain.G, u1, point, u2).Normalize().GetEncoded(compressed: false);
    }

    private static BigInteger Number(CurveInteger number) => new(number.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
}
