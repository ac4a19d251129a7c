namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A chain that says by itself which block is final.</summary>
public sealed class FinalizedTagTests : ChainTest
{
    protected override string[] NodeArguments => ["--slots-in-an-epoch", "2"];

    [Fact]
    public async Task Place_IsShownWhenTheNodeCallsItsBlockFinalized()
    {
        var engine = Open(0, Courts.Options() with { FinalizedTag = true });
        await Node.MineAsync(10);
        var append = engine.AppendAsync(AnchorOf(0, 1), Limit());
        while (!append.IsCompleted)
        {
            await Node.MineAsync(1);
        }

        await append;
        Assert.Equal([1], Sizes(await TakeAsync(engine, 0, 1)));
        var place = Assert.Single(await TakeAsync(engine, 0, 1));
        var finalized = await Node.CallAsync("eth_getBlockByNumber", "finalized", false);
        Assert.True(place.Position >> 20 <= Convert.ToInt64(finalized.GetProperty("number").GetString(), 16));
    }
}
