using Org.BouncyCastle.Crypto.Digests;

namespace Cinnabar.Ledger.Evm.Signing;

/// <summary>Keccak-256 as Ethereum uses it: the padding from before FIPS 202, so not SHA3-256.</summary>
internal static class Keccak256
{
    public const int LengthBytes = 32;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(data.ToArray(), 0, data.Length);
        var hash = new byte[LengthBytes];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
