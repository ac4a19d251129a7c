using Cinnabar.Shared;
using Cinnabar.Station.Tests.Notices;

[assembly: AssemblyFixture(typeof(KannelFixture))]

namespace Cinnabar.Station.Tests.Notices;

/// <summary>One gateway for all tests of this assembly; they tell their messages apart by number.</summary>
public sealed class KannelFixture : IAsyncLifetime
{
    public KannelGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await KannelGateway.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
