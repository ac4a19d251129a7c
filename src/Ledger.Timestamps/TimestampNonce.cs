using System.Security.Cryptography;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>The number that binds an answer to its request. An INTEGER in DER, so leading zeros are no difference.</summary>
internal static class TimestampNonce
{
    private const int LengthBytes = 16;

    public static byte[] New(RandomNumberGenerator random)
    {
        var nonce = new byte[LengthBytes];
        random.GetBytes(nonce);
        // Positive, and as long as it looks.
        nonce[0] = (byte)((nonce[0] & 0x7f) | 0x40);
        return nonce;
    }

    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.TrimStart((byte)0).SequenceEqual(other.TrimStart((byte)0));
}
