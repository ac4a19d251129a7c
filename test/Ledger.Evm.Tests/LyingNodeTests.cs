using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>Three nodes, one of which may lie: the third stands behind a proxy that alters what it says, one thing a test.</summary>
public sealed class LyingNodeTests : ChainTest
{
    private const string OtherHash = "0x00000000000000000000000000000000000000000000000000000000000000ff";

    [Fact]
    public async Task AnotherBlockAtAHeight_IsTwoFacesWithBothAsEvidence()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Lie = (method, result) => method == "eth_getBlockByNumber" ? With(result, "hash", OtherHash) : null;

        var failure = await FailsAsync(AnchorFailure.Lied, () => engine.IdentityAsync(Limit()));
        Assert.Contains(liar.Endpoint.Authority, failure.Message, StringComparison.Ordinal);
        var evidence = Encoding.UTF8.GetString(failure.Evidence.Span);
        Assert.Contains(liar.Endpoint.Authority, evidence, StringComparison.Ordinal);
        Assert.InRange(failure.Evidence.Length, 1, 4096);
    }

    [Fact]
    public async Task EventHeldBack_IsTwoFaces()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await engine.AppendAsync(AnchorOf(0, 2), Limit());
        liar.Lie = (method, result) => Logs(method, result, logs => logs.RemoveAt(0));

        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task EventChanged_IsTwoFaces()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        liar.Lie = (method, result) => Logs(method, result, logs => logs[0]!["data"] = "0x" + new string('0', 63) + "9" + new string('1', 64));

        var failure = await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
        Assert.Contains(new string('1', 64), Encoding.UTF8.GetString(failure.Evidence.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventInvented_IsTwoFaces()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        liar.Lie = (method, result) => Logs(method, result, logs =>
        {
            var more = logs[0]!.DeepClone();
            more["logIndex"] = "0x1";
            logs.Add(more);
        });

        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task AnchorClaimedThatDoesNotStand_IsNotAcknowledged()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Lie = (method, _) => method == "eth_call" ? Hex.Data(AnchorOf(0, 1).Checkpoint.ToArray()) : null;

        await FailsAsync(AnchorFailure.Lied, () => engine.AppendAsync(AnchorOf(0, 1), Limit()));
    }

    [Fact]
    public async Task OtherCodeOfTheContract_IsTwoFaces()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Lie = (method, _) => method == "eth_getCode" ? "0x00" : null;

        await FailsAsync(AnchorFailure.Lied, () => engine.IdentityAsync(Limit()));
    }

    [Fact]
    public async Task HeadFarAhead_MovesNothing()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        var before = await engine.IdentityAsync(Limit());
        liar.Lie = (method, result) => method == "eth_getBlockByNumber" ? With(result, "number", "0xffffff") : null;

        Assert.Equal(before, await engine.IdentityAsync(Limit()));
        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task NodeThatLags_HoldsNothingUp()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        var head = (string)(await HeadAsync())["number"]!;
        liar.Lie = (method, result) => method switch
        {
            "eth_getBlockByNumber" when result is JsonObject && Number(result) > Number(head) => With(result, "number", head),
            "eth_getTransactionCount" => "0x0",
            _ => null,
        };

        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task NodeThatCatchesUp_IsNotAsked()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        await engine.IdentityAsync(Limit());
        liar.Lie = (method, result) => method switch
        {
            "eth_syncing" => new JsonObject { ["currentBlock"] = "0x0" },
            "eth_getBlockByNumber" => With(result, "number", "0x0"),
            _ => null,
        };

        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task TransactionTakenAndDropped_ReachesTheChainThroughTheOthers()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Instead = async (context, request) =>
        {
            if (request is not JsonObject call || (string)call["method"]! != "eth_sendRawTransaction")
            {
                return false;
            }

            await context.Response.WriteAsync("""{"jsonrpc":"2.0","id":0,"result":"0x00"}""");
            return true;
        };

        await AnchorsAsync(engine);
    }

    [Theory]
    [InlineData("eth_getTransactionCount", "0x99")]
    [InlineData("eth_gasPrice", "0xffffffffffffff")]
    public async Task NumberClaimedTooHigh_IsNotUsed(string method, string number)
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Lie = (asked, _) => asked == method ? number : null;

        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task BaseFeeClaimedTooHigh_IsNotPaid()
    {
        var (engine, liar) = await OpenWithOneLiarAsync();
        liar.Lie = (method, result) => method == "eth_getBlockByNumber" ? With(result, "baseFeePerGas", "0xffffffffffffff") : null;

        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task NodeThatNeverAnswers_IsNotWaitedFor()
    {
        var (engine, liar) = await OpenWithOneLiarAsync(network => network with { RequestTimeout = TimeSpan.FromMinutes(10), Stragglers = TimeSpan.FromMilliseconds(20) });
        liar.Instead = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await AnchorsAsync(engine);
    }

    [Fact]
    public async Task OneNodeAloneOfThree_IsTooFew()
    {
        var (engine, one) = await OpenWithOneLiarAsync();
        var two = await ProxyAsync();
        var options = Courts.Options(Node.Endpoint, one.Endpoint, two.Endpoint);
        await using var other = Courts.Open(0, options with { Network = options.Network with { Liars = 1 } });
        one.TakeDown();
        two.TakeDown();

        var failure = await FailsAsync(AnchorFailure.Unreachable, () => other.IdentityAsync(Limit()));
        Assert.StartsWith("1 of 3 nodes could answer", failure.Message, StringComparison.Ordinal);
    }

    private async Task<(EvmAnchorEngine Engine, NodeProxy Liar)> OpenWithOneLiarAsync(Func<EvmNetworkOptions, EvmNetworkOptions>? change = null)
    {
        var liar = await ProxyAsync();
        var honest = await ProxyAsync();
        var options = Courts.Options(liar.Endpoint, Node.Endpoint, honest.Endpoint);
        var network = options.Network with { Liars = 1 };
        return (Open(0, options with { Network = change is null ? network : change(network) }), liar);
    }

    private static async Task AnchorsAsync(EvmAnchorEngine engine)
    {
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await engine.AppendAsync(AnchorOf(0, 2), Limit());
        Assert.Equal([1, 2], Sizes(await TakeAsync(engine, 0, 2)));
    }

    private async Task<JsonNode> HeadAsync() => JsonNode.Parse((await Node.CallAsync("eth_getBlockByNumber", "latest", false)).GetRawText())!;

    private static long Number(JsonNode block) => Number((string)block["number"]!);

    private static long Number(string quantity) => long.Parse(quantity.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static JsonNode? With(JsonNode? result, string name, string value)
    {
        if (result is JsonObject block)
        {
            block[name] = value;
        }

        return result;
    }

    private static JsonNode? Logs(string method, JsonNode? result, Action<JsonArray> change)
    {
        if (method != "eth_getLogs")
        {
            return null;
        }

        change((JsonArray)result!);
        return result;
    }
}
