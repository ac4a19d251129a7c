using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>One node, and what can come out of its socket.</summary>
public sealed class TransportTests : ChainTest
{
    [Theory]
    [InlineData(500, AnchorFailure.Unreachable)]
    [InlineData(429, AnchorFailure.Unreachable)]
    [InlineData(401, AnchorFailure.Refused)]
    [InlineData(403, AnchorFailure.Refused)]
    public async Task Status_SaysWhetherSomebodyMustAct(int status, AnchorFailure failure)
    {
        var (engine, node) = await OpenBehindProxyAsync();
        node.Instead = (context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.FromResult(true);
        };

        await FailsAsync(failure, () => engine.IdentityAsync(Limit()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>The proxy is being serviced.</html>")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":"0x""")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":0,"result":false}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":9,"result":false}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":1,"result":{"number":"17"}}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":1,"result":{"number":"0x"}}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":1,"result":{"number":"0xffffffffffffffffff"}}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":1,"result":{"number":17}}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"result":false},{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"limit exceeded"}},{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no batches here"}}""")]
    public async Task AnswerThatIsNone_IsNoAnswer(string answer)
    {
        var (engine, node) = await OpenBehindProxyAsync();
        node.Whole = _ => answer;

        await FailsAsync(AnchorFailure.Unreachable, () => engine.IdentityAsync(Limit()));
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsCutOff()
    {
        var (engine, node) = await OpenBehindProxyAsync(network => network with { AnswerMaxBytes = 64 << 10 });
        node.Instead = async (context, _) =>
        {
            var spaces = new string(' ', 4096);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(spaces);
            }

            return true;
        };

        Assert.Contains("more than 65536 bytes", (await FailsAsync(AnchorFailure.Unreachable, () => engine.IdentityAsync(Limit()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerThatNeverComes_IsGivenUp()
    {
        var (engine, node) = await OpenBehindProxyAsync(network => network with { RequestTimeout = TimeSpan.FromMilliseconds(100) });
        node.Instead = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await FailsAsync(AnchorFailure.Unreachable, () => engine.IdentityAsync(Limit()));
    }

    [Fact]
    public async Task BatchAnsweredBackwards_IsReadByItsIds()
    {
        var (engine, node) = await OpenBehindProxyAsync();
        node.Whole = answer => answer is JsonArray batch ? new JsonArray([.. batch.Reverse().Select(item => item!.DeepClone())]).ToJsonString() : answer.ToJsonString();

        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        Assert.Equal([1], Sizes(await TakeAsync(engine, 0, 1)));
    }

    [Theory]
    [InlineData("address", "0x00000000000000000000000000000000000000aa")]
    [InlineData("blockNumber", "0xffff")]
    [InlineData("logIndex", "0x100000")]
    [InlineData("data", "0x00")]
    public async Task EventThatTheContractCannotHave_IsALieOfASingleNodeToo(string field, string value)
    {
        var (engine, node) = await OpenBehindProxyAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        node.Lie = (method, result) =>
        {
            if (method != "eth_getLogs")
            {
                return null;
            }

            result![0]![field] = value;
            return result;
        };

        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task EventsOutOfOrder_AreALie()
    {
        var (engine, node) = await OpenBehindProxyAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await engine.AppendAsync(AnchorOf(0, 2), Limit());
        node.Lie = (method, result) => method == "eth_getLogs" ? new JsonArray([.. ((JsonArray)result!).Reverse().Select(item => item!.DeepClone())]) : null;

        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task NodeDownAndBack_LosesAndDoublesNothing()
    {
        var (engine, node) = await OpenBehindProxyAsync();
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        var last = Assert.Single(await TakeAsync(engine, 0, 1));
        node.TakeDown();
        await FailsAsync(AnchorFailure.Unreachable, () => engine.AppendAsync(AnchorOf(0, 2), Limit()));
        await FailsAsync(AnchorFailure.Unreachable, () => TakeAsync(engine, last.Position, 1));
        await Open(1).AppendAsync(AnchorOf(1, 1), Limit());
        node.Instead = null;

        await engine.AppendAsync(AnchorOf(0, 2), Limit());
        Assert.Equal([1, 2], Sizes(await TakeAsync(engine, last.Position, 2)));
    }

    [Fact]
    public async Task AnswerLostAfterTheTransactionWasTaken_IsNoSecondAnchor()
    {
        var (engine, node) = await OpenBehindProxyAsync();
        node.Whole = answer =>
        {
            // The transaction's hash is the only bare answer with 66 characters.
            var text = answer.ToJsonString();
            return answer is JsonObject one && one["result"] is JsonValue value && value.ToString().Length == 66 ? "" : text;
        };
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        node.Whole = null;
        await engine.AppendAsync(AnchorOf(0, 2), Limit());

        Assert.Equal([1, 2], Sizes(await TakeAsync(engine, 0, 2)));
    }

    private async Task<(EvmAnchorEngine Engine, NodeProxy Node)> OpenBehindProxyAsync(Func<EvmNetworkOptions, EvmNetworkOptions>? change = null)
    {
        var proxy = await ProxyAsync();
        var options = Courts.Options(proxy.Endpoint);
        return (Open(0, change is null ? options : options with { Network = change(options.Network) }), proxy);
    }
}
