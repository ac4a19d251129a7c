using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>Three courts and their contract on one chain.</summary>
internal sealed record Courts(Anvil Node, EvmDeployment Deployment)
{
    public static EvmNetworkOptions Network(params Uri[] endpoints) =>
        new() { Endpoints = endpoints, ChainId = Anvil.ChainId, PollInterval = TimeSpan.FromMilliseconds(10) };

    /// <summary>Every court's log is listed; court 0's successor in reserve.</summary>
    public static IReadOnlyList<CourtRegistration> Registrations =>
    [
        .. Enumerable.Range(0, 3).Select(court => new CourtRegistration(LogOf(court), Anvil.Key(court).Address)),
        new CourtRegistration(Anchor.LogOf("court0.example/log/2"), Anvil.Key(0).Address),
    ];

    public static async Task<Courts> OnAsync(Anvil node)
    {
        var deployment = await EvmDeployment.MakeAsync(
            Network(node.Endpoint), Anvil.Key(3), Registrations, Anvil.Http, TimeProvider.System, TestContext.Current.CancellationToken);
        return new Courts(node, deployment);
    }

    public EvmAnchorOptions Options(params Uri[] endpoints) => new()
    {
        Network = Network(endpoints.Length == 0 ? [Node.Endpoint] : endpoints), Contract = Deployment.Contract, FirstBlock = Deployment.FirstBlock,
    };

    public EvmAnchorEngine Open(int court) => Open(court, Options());

    public static EvmAnchorEngine Open(int court, EvmAnchorOptions options) => new(options, Anvil.Key(court), Anvil.Http, TimeProvider.System);

    public static Evidence.Digest LogOf(int court) => Anchor.LogOf($"court{court}.example/log/1");
}
