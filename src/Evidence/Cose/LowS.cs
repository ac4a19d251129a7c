using System.Numerics;

namespace Cinnabar.Evidence.Cose;

/// <summary>Keeps one signature per signing: of (r, s) and (r, n − s), both valid, only the one with s ≤ n/2 is ours.</summary>
/// <remarks>
/// Without this a carrier could turn a statement into a second one with another hash that verifies as well, and make
/// an honest device look forked. Source: docs/formats/statement.md, section 4.
/// </remarks>
public static class LowS
{
    /// <summary>Length of an ES256 signature in bytes.</summary>
    public const int SignatureBytes = 64;

    private static readonly BigInteger s_order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly byte[] s_halfOrder = (s_order >> 1).ToByteArray(isUnsigned: true, isBigEndian: true);

    /// <summary>True when s of the 64-byte signature is at most half the group order.</summary>
    public static bool Holds(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureBytes && signature[32..].SequenceCompareTo(s_halfOrder) <= 0;

    /// <summary>Replaces s by n − s where it is above half the group order.</summary>
    public static void Normalize(Span<byte> signature)
    {
        if (Holds(signature))
        {
            return;
        }

        var s = s_order - new BigInteger(signature[32..], isUnsigned: true, isBigEndian: true);
        var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        signature[32..].Clear();
        bytes.CopyTo(signature[(SignatureBytes - bytes.Length)..]);
    }
}
