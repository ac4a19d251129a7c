using System.Text.Json.Nodes;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>One call of a method.</summary>
/// <param name="Parameters">A JSON array.</param>
internal readonly record struct RpcRequest(string Method, string Parameters)
{
    public static RpcRequest Of(string method, params JsonNode?[] parameters) => new(method, new JsonArray(parameters).ToJsonString());

    /// <summary>A block's header by number, or by a tag such as <c>latest</c>.</summary>
    public static RpcRequest Block(string numberOrTag) => Of("eth_getBlockByNumber", numberOrTag, false);

    /// <summary>What a contract would answer in the state after a block.</summary>
    public static RpcRequest Call(EvmAddress contract, byte[] data, string numberOrTag) =>
        Of("eth_call", new JsonObject { ["to"] = contract.ToString(), ["data"] = Hex.Data(data) }, numberOrTag);
}
