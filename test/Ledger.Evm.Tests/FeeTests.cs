using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>What gas costs, and who pays with the same nonce.</summary>
public sealed class FeeTests : ChainTest
{
    [Fact]
    public async Task GasPriceAboveTheLimit_IsWaitedOutAndNeverPaid()
    {
        await Node.CallAsync("anvil_setNextBlockBaseFeePerGas", Hex.Quantity(Courts.Options().Network.MaxFee * 2));
        await Node.MineAsync(1);
        var impatient = Open(0, Courts.Options() with { AppendTimeout = TimeSpan.FromMilliseconds(300) });
        var failure = await FailsAsync(AnchorFailure.Unreachable, () => impatient.AppendAsync(AnchorOf(0, 1), Limit()));
        Assert.Contains("asks for more than", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0x0", (await Node.CallAsync("eth_getTransactionCount", Anvil.Key(0).Address.ToString(), "pending")).GetString());

        var append = Open(0).AppendAsync(AnchorOf(0, 1), Limit());
        await Node.CallAsync("anvil_setNextBlockBaseFeePerGas", "0x1");
        await Node.MineAsync(1);
        await append;
    }

    [Fact]
    public async Task TransactionThatIsStuck_IsReplacedByADearerOne()
    {
        await Node.CallAsync("evm_setAutomine", false);
        var options = Courts.Options();
        var engine = Open(0, options with { Network = options.Network with { ResendAfter = TimeSpan.FromMilliseconds(50) } });
        var append = engine.AppendAsync(AnchorOf(0, 1), Limit());
        Eventually.Holds(() => PendingFee() > 0, "the first one is offered");
        var first = PendingFee();
        Eventually.Holds(() => PendingFee() > first, "a dearer one is offered");
        await append.AndMineAsync(Node);

        Assert.Equal("0x1", (await Node.CallAsync("eth_getTransactionCount", Anvil.Key(0).Address.ToString(), "latest")).GetString());
        Assert.Equal([1], Sizes(await TakeAsync(engine, 0, 1)));
    }

    [Fact]
    public async Task TwoProgramsWithOneKey_BothComeThrough()
    {
        await Node.CallAsync("evm_setAutomine", false);
        var options = Courts.Options();
        var patient = options with { Network = options.Network with { ResendAfter = TimeSpan.FromMilliseconds(200) } };
        var successor = new Anchor(Anchor.LogOf("court0.example/log/2"), 1, Evidence.Digest.Of([9]));
        var both = Task.WhenAll(Open(0, patient).AppendAsync(AnchorOf(0, 1), Limit()), Open(0, patient).AppendAsync(successor, Limit()));
        await both.AndMineAsync(Node);

        Assert.Equal(2, (await TakeAsync(Open(1), 0, 2)).Select(place => Convert.ToHexString(place.Record.Span[..32])).Distinct().Count());
    }

    [Fact]
    public async Task AccountWithoutMoney_IsRefused()
    {
        await Node.CallAsync("anvil_setBalance", Anvil.Key(0).Address.ToString(), "0x0");
        var failure = await FailsAsync(AnchorFailure.Refused, () => Open(0).AppendAsync(AnchorOf(0, 1), Limit()));

        Assert.Contains("cannot pay", failure.Message, StringComparison.Ordinal);
    }

    private BigInteger PendingFee()
    {
        var pool = Node.CallAsync("txpool_content").GetAwaiter().GetResult().GetProperty("pending");
        return pool.EnumerateObject().SelectMany(account => account.Value.EnumerateObject())
            .Select(transaction => Fee(transaction.Value)).DefaultIfEmpty(BigInteger.Zero).Max();
    }

    private static BigInteger Fee(JsonElement transaction) =>
        BigInteger.Parse("0" + transaction.GetProperty("maxFeePerGas").GetString().AsSpan(2).ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
