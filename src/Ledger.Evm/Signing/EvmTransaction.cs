using System.Numerics;

namespace Cinnabar.Ledger.Evm.Signing;

/// <summary>A transaction that moves no money: a call of a contract, or the making of one.</summary>
/// <param name="Nonce">How many transactions of the account come before it.</param>
/// <param name="To">The contract; null makes one.</param>
internal sealed record EvmTransaction(long ChainId, ulong Nonce, EvmFees Fees, ulong GasLimit, EvmAddress? To, byte[] Data)
{
    /// <summary>The bytes that a node takes.</summary>
    public byte[] Sign(EvmKey key)
    {
        return Fees.Tip is { } tip ? SignFeeMarket(key, tip) : SignLegacy(key);
    }

    // EIP-1559: 0x02 ‖ rlp([chain, nonce, tip, max fee, gas, to, value, data, access list, y parity, r, s]).
    private byte[] SignFeeMarket(EvmKey key, BigInteger tip)
    {
        byte[][] fields =
        [
            Rlp.Number(ChainId), Rlp.Number(Nonce), Rlp.Number(tip), Rlp.Number(Fees.MaxFee), Rlp.Number(GasLimit), Recipient,
            Rlp.Number(0), Rlp.Bytes(Data), Rlp.List(),
        ];
        var signature = key.Sign(Keccak256.Hash([2, .. Rlp.List(fields)]));
        return [2, .. Rlp.List([.. fields, Rlp.Number(signature.YParity), Rlp.Number(signature.R), Rlp.Number(signature.S)])];
    }

    // EIP-155: rlp([nonce, price, gas, to, value, data, v, r, s]); signed with (chain, 0, 0) in the place of (v, r, s).
    private byte[] SignLegacy(EvmKey key)
    {
        byte[][] fields = [Rlp.Number(Nonce), Rlp.Number(Fees.MaxFee), Rlp.Number(GasLimit), Recipient, Rlp.Number(0), Rlp.Bytes(Data)];
        var signature = key.Sign(Keccak256.Hash(Rlp.List([.. fields, Rlp.Number(ChainId), Rlp.Number(0), Rlp.Number(0)])));
        var v = (2 * new BigInteger(ChainId)) + 35 + signature.YParity;
        return Rlp.List([.. fields, Rlp.Number(v), Rlp.Number(signature.R), Rlp.Number(signature.S)]);
    }

    private byte[] Recipient => Rlp.Bytes(To is null ? [] : To.ToArray());
}
