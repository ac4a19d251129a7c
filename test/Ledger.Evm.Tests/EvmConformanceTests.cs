using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Tests.Anchors;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>The suite of every engine, each test on a chain of its own.</summary>
public sealed class EvmConformanceTests : AnchorEngineConformance, IAsyncLifetime
{
    private Courts _courts = null!;

    protected override Task<IAnchorEngine> OpenAsync(int court) => Task.FromResult<IAnchorEngine>(_courts.Open(court));

    public async ValueTask InitializeAsync() => _courts = await Courts.OnAsync(await Anvil.StartAsync());

    public ValueTask DisposeAsync() => _courts.Node.DisposeAsync();
}
