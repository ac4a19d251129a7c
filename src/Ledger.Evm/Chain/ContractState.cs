using System.Text.Json;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;

namespace Cinnabar.Ledger.Evm.Chain;

/// <summary>What the contract holds that decides about one anchor.</summary>
/// <param name="Court">Who may write for its log; the zero address for nobody.</param>
/// <param name="Size">The log's largest size.</param>
/// <param name="Checkpoint">What stands at the anchor's size, as 0x and 64 digits; zeros for nothing.</param>
internal sealed record ContractState(EvmAddress Court, ulong Size, string Checkpoint)
{
    private const int WordBytes = 32;

    public static RpcRequest[] Requests(EvmAddress contract, Anchor anchor, string numberOrTag) =>
    [
        RpcRequest.Call(contract, AnchorsContract.CourtOf(anchor.Log), numberOrTag),
        RpcRequest.Call(contract, AnchorsContract.SizeOf(anchor.Log), numberOrTag),
        RpcRequest.Call(contract, AnchorsContract.CheckpointOf(anchor.Log, anchor.Size), numberOrTag),
    ];

    public static ContractState Read(JsonElement[] results)
    {
        var court = Word(results[0]);
        var size = Word(results[1]);
        return new ContractState(
            new EvmAddress(court.AsSpan(WordBytes - EvmAddress.LengthBytes)),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(size.AsSpan(WordBytes - sizeof(ulong))),
            Hex.Data(Word(results[2])));
    }

    /// <summary>The anchor itself stands there.</summary>
    public bool Holds(Anchor anchor) => Checkpoint == Hex.Data(anchor.Checkpoint.ToArray());

    // Before the block that made the contract nothing answers, and nothing is what it held.
    private static byte[] Word(JsonElement result)
    {
        var bytes = Hex.ReadData(result.GetString());
        return bytes.Length == 0 ? new byte[WordBytes]
            : bytes.Length == WordBytes ? bytes
            : throw new FormatException($"{WordBytes} bytes were expected, not {bytes.Length}.");
    }
}
