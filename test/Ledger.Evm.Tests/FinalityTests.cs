using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>Blocks that count, blocks that do not yet, and blocks that are taken back.</summary>
public sealed class FinalityTests : ChainTest
{
    private EvmAnchorOptions ThreeConfirmations => Courts.Options() with
    {
        Confirmations = 3, Network = Courts.Network(Node.Endpoint) with { ResendAfter = TimeSpan.FromMilliseconds(200) },
    };

    [Fact]
    public async Task Append_ReturnsWhenTheBlockIsDeepEnough()
    {
        var engine = Open(0, ThreeConfirmations);
        await Node.MineAsync(3);
        var append = engine.AppendAsync(AnchorOf(0, 1), Limit());
        AwaitTransaction(1);
        await Node.MineAsync(2);
        Assert.False(append.IsCompleted);
        await Node.MineAsync(1);

        await append;
        Assert.Equal([1], Sizes(await TakeAsync(engine, 0, 1)));
    }

    [Fact]
    public async Task BlockTakenBackBeforeItCounted_IsAnchoredInALaterOneAndShownOnce()
    {
        var engine = Open(0, ThreeConfirmations);
        await Node.MineAsync(3);
        var append = engine.AppendAsync(AnchorOf(0, 1), Limit());
        AwaitTransaction(1);
        await Node.CallAsync("anvil_reorg", 1, new JsonArray());
        AwaitTransaction(0);

        await append.AndMineAsync(Node);
        await engine.AppendAndMineAsync(Node, AnchorOf(0, 2), Limit());
        Assert.Equal([1, 2], Sizes(await TakeAsync(engine, 0, 2)));
    }

    [Fact]
    public async Task ReorganisationBelowWhatWasShown_IsALie()
    {
        var engine = Open(0, ThreeConfirmations);
        await Node.MineAsync(3);
        await engine.AppendAndMineAsync(Node, AnchorOf(0, 1), Limit());
        var places = engine.FollowAsync(0, Limit()).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await places.MoveNextAsync());
        await Node.CallAsync("anvil_reorg", 5, new JsonArray());

        await FailsAsync(AnchorFailure.Lied, async () => await places.MoveNextAsync());
        await places.DisposeAsync();
        await FailsAsync(AnchorFailure.Lied, () => engine.IdentityAsync(Limit()));
    }

    [Fact]
    public async Task ChainRolledBack_IsALieToARunningEngine()
    {
        var snapshot = await Node.CallAsync("evm_snapshot");
        var engine = Open(0);
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await Node.CallAsync("evm_revert", snapshot.GetString());

        await FailsAsync(AnchorFailure.Lied, () => engine.IdentityAsync(Limit()));
        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task ChainRolledBackWhileTheCourtWasDown_ShowsInPositionAndPlace()
    {
        var snapshot = await Node.CallAsync("evm_snapshot");
        var engine = Open(0);
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        var shown = Assert.Single(await TakeAsync(engine, 0, 1));
        await Node.CallAsync("evm_revert", snapshot.GetString());

        Assert.True((await Open(0).IdentityAsync(Limit())).LastPosition < shown.Position);
        await Node.MineAsync(3);
        await FailsAsync(AnchorFailure.Lied, () => TakeAsync(Open(0), shown.Position, 1));
    }

    private void AwaitTransaction(int count) => Eventually.Holds(
        () => Node.CallAsync("eth_getTransactionCount", Anvil.Key(0).Address.ToString(), "latest").GetAwaiter().GetResult().GetString() == $"0x{count}",
        "the anchor is in a block");
}
