using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Tests;

public sealed class IdentityTests : ChainTest
{
    private EvmAnchorOptions WrongChain => Courts.Options() with { Network = Courts.Network(Node.Endpoint) with { ChainId = 7 } };

    [Fact]
    public async Task WrongChainId_IsRefusedBeforeAnythingIsSigned()
    {
        var engine = Open(0, WrongChain);

        Assert.Contains("31337, not 7", (await FailsAsync(AnchorFailure.Refused, () => engine.AppendAsync(AnchorOf(0, 1), Limit()))).Message, StringComparison.Ordinal);
        await FailsAsync(AnchorFailure.Refused, () => TakeAsync(engine, 0, 1));
        await FailsAsync(AnchorFailure.Refused, () =>
            EvmDeployment.MakeAsync(WrongChain.Network, Anvil.Key(3), Courts.Registrations, Anvil.Http, TimeProvider.System, Limit()));
    }

    [Fact]
    public async Task AddressWithoutOurContract_IsRefused()
    {
        var engine = Open(0, Courts.Options() with { Contract = Anvil.Key(1).Address });

        await FailsAsync(AnchorFailure.Refused, () => engine.AppendAsync(AnchorOf(0, 1), Limit()));
        await FailsAsync(AnchorFailure.Refused, () => TakeAsync(engine, 0, 1));
    }

    [Fact]
    public async Task OtherCodeAtTheAddress_IsRefusedAndAnotherIdentity()
    {
        var before = await Open(0).IdentityAsync(Limit());
        await Node.CallAsync("anvil_setCode", Courts.Deployment.Contract.ToString(), "0x00");

        await FailsAsync(AnchorFailure.Refused, () => Open(0).AppendAsync(AnchorOf(0, 1), Limit()));
        Assert.NotEqual(before.Value, (await Open(0).IdentityAsync(Limit())).Value);
    }

    [Fact]
    public async Task ChainMadeAnew_HasAnotherIdentityAtTheSameAddress()
    {
        var before = (await Open(0).IdentityAsync(Limit())).Value;
        await using var anew = await Anvil.StartAsync("--timestamp", "1700000000");
        var courts = await Courts.OnAsync(anew);
        Assert.Equal(Courts.Deployment.Contract, courts.Deployment.Contract);
        await using var engine = courts.Open(0);

        Assert.NotEqual(before, (await engine.IdentityAsync(Limit())).Value);
    }

    [Fact]
    public async Task ChainMadeAnewUnderARunningEngine_IsALie()
    {
        var proxy = await ProxyAsync();
        var engine = Open(0, Courts.Options(proxy.Endpoint));
        await engine.IdentityAsync(Limit());
        await using var anew = await Anvil.StartAsync("--timestamp", "1700000000");
        await Courts.OnAsync(anew);
        proxy.Target = anew.Endpoint;

        await FailsAsync(AnchorFailure.Lied, () => engine.IdentityAsync(Limit()));
        await FailsAsync(AnchorFailure.Lied, () => engine.AppendAsync(AnchorOf(0, 1), Limit()));
    }

    [Fact]
    public async Task Identity_NamesChainGenesisContractAndCode()
    {
        var identity = await Open(0).IdentityAsync(Limit());

        Assert.Matches("^evm:31337:0x[0-9a-f]{64}:0x[0-9a-f]{40}:0x[0-9a-f]{64}$", identity.Value);
        Assert.Contains(Courts.Deployment.Contract.ToString(), identity.Value, StringComparison.Ordinal);
    }
}
