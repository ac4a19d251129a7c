using System.Numerics;

namespace Cinnabar.Ledger.Evm.Signing;

/// <summary>What a transaction offers for a unit of gas, in wei.</summary>
/// <param name="MaxFee">At most this in all; the gas price of a chain without base fee.</param>
/// <param name="Tip">Of it for the proposer of the block; null on a chain without base fee (London not active), which gets EIP-155.</param>
internal readonly record struct EvmFees(BigInteger MaxFee, BigInteger? Tip);
