using System.Text.Json.Nodes;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm.Tests.Contract;

/// <summary>What the contract itself refuses, asked of it without the engine.</summary>
public sealed class AnchorsContractTests : ChainTest
{
    [Fact]
    public async Task ForeignCourt_IsRefused() =>
        Assert.Contains(Error("NotTheCourtOfThisLog(bytes32)"), await RefusalAsync(court: 1, AnchorOf(0, 1)), StringComparison.Ordinal);

    [Fact]
    public async Task Deployer_MayAnchorNothing() =>
        Assert.Contains(Error("NotTheCourtOfThisLog(bytes32)"), await RefusalAsync(court: 3, AnchorOf(0, 1)), StringComparison.Ordinal);

    [Fact]
    public async Task LogThatIsNotListed_IsNobodys() =>
        Assert.Contains(Error("NotTheCourtOfThisLog(bytes32)"), await RefusalAsync(court: 0, new Anchor(Anchor.LogOf("new"), 1, Digest.Of([1]))), StringComparison.Ordinal);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task SizeThatDoesNotGrow_IsRefusedWithTheLast(long size, byte digest)
    {
        await Open(0).AppendAsync(AnchorOf(0, 5), Limit());
        Assert.Contains(
            Error("SizeDoesNotGrow(uint64)") + "0000000000000000000000000000000000000000000000000000000000000005", await RefusalAsync(court: 0, AnchorOf(0, size, digest)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyCheckpoint_IsRefused() =>
        Assert.Contains(Error("NoCheckpoint()"), await RefusalAsync(court: 0, new Anchor(Courts.LogOf(0), 1, default)), StringComparison.Ordinal);

    [Fact]
    public async Task SameAnchorAgain_IsTakenAndIsNoSecondEvent()
    {
        var engine = Open(0);
        await engine.AppendAsync(AnchorOf(0, 5), Limit());
        await engine.AppendAsync(AnchorOf(0, 6), Limit());
        await Node.CallAsync("anvil_impersonateAccount", Anvil.Key(0).Address.ToString());
        await Node.CallAsync("eth_sendTransaction", Call(0, AnchorOf(0, 5)));
        await engine.AppendAsync(AnchorOf(0, 7), Limit());

        Assert.Equal([5, 6, 7], Sizes(await TakeAsync(engine, 0, 3)));
    }

    [Fact]
    public async Task LogListedTwice_MakesNoContract()
    {
        var twice = new[] { Courts.Registrations[0], Courts.Registrations[0] };
        await Assert.ThrowsAsync<ArgumentException>(() =>
            EvmDeployment.MakeAsync(Courts.Network(Node.Endpoint), Anvil.Key(3), twice, Anvil.Http, TimeProvider.System, Limit()));

        var making = new JsonObject { ["from"] = Anvil.Key(3).Address.ToString(), ["data"] = Hex.Data(AnchorsContract.Creation(twice)) };
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Node.CallAsync("eth_call", making, "latest"));
        Assert.Contains(Error("LogListedTwice(bytes32)"), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineWithTheKeyOfAnotherCourt_IsRefusedAndAppendsNothing()
    {
        await FailsAsync(AnchorFailure.Refused, () => Open(1).AppendAsync(AnchorOf(0, 9), Limit()));
        await Open(0).AppendAsync(AnchorOf(0, 1), Limit());

        Assert.Equal([1], Sizes(await TakeAsync(Open(2), 0, 1)));
    }

    private async Task<string> RefusalAsync(int court, Anchor anchor) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Node.CallAsync("eth_call", Call(court, anchor), "latest"))).Message;

    private JsonObject Call(int court, Anchor anchor) => new()
    {
        ["from"] = Anvil.Key(court).Address.ToString(), ["to"] = Courts.Deployment.Contract.ToString(), ["data"] = Hex.Data(AnchorsContract.Append(anchor)),
    };

    private static string Error(string signature) => Hex.Data(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).AsSpan(0, 4));
}
