using System.Numerics;

namespace Cinnabar.Ledger.Evm.Signing;

/// <summary>A secp256k1 signature over a hash, s in the lower half, and which of the two points of r it was made with.</summary>
internal readonly record struct EvmSignature(BigInteger R, BigInteger S, int YParity);
