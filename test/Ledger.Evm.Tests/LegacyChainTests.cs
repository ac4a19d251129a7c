namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A chain from before London, as private networks still run: no base fee, so EIP-155.</summary>
public sealed class LegacyChainTests : ChainTest
{
    protected override string[] NodeArguments => ["--hardfork", "berlin"];

    [Fact]
    public async Task ChainWithoutBaseFee_GetsATransactionOfEip155()
    {
        var engine = Open(0);
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        var place = Assert.Single(await TakeAsync(engine, 0, 1));
        var transaction = await Node.CallAsync("eth_getTransactionByHash", place.Reference);

        Assert.Equal("0x0", transaction.GetProperty("type").GetString());
        Assert.Contains(transaction.GetProperty("v").GetString(), (string[])["0xf4f5", "0xf4f6"]);
        Assert.Equal(Anvil.Key(0).Address.ToString(), transaction.GetProperty("from").GetString());
    }
}
