using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A test on a chain of its own, with the contract of three courts.</summary>
public abstract class ChainTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];

    internal Courts Courts { get; private set; } = null!;

    internal Anvil Node => Courts.Node;

    protected virtual string[] NodeArguments => [];

    public async ValueTask InitializeAsync() => Courts = await Courts.OnAsync(await Anvil.StartAsync(NodeArguments));

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await Node.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal EvmAnchorEngine Open(int court, EvmAnchorOptions? options = null)
    {
        var engine = Courts.Open(court, options ?? Courts.Options());
        _opened.Add(engine);
        return engine;
    }

    internal async Task<NodeProxy> ProxyAsync()
    {
        var proxy = await NodeProxy.BeforeAsync(Node.Endpoint);
        _opened.Add(proxy);
        return proxy;
    }

    protected static Anchor AnchorOf(int court, long size, byte digest = 0) => new(Courts.LogOf(court), size, Digest.Of([(byte)court, (byte)size, digest]));

    protected static async Task<List<AnchorPlace>> TakeAsync(IAnchorEngine engine, long from, int count)
    {
        var places = new List<AnchorPlace>();
        await foreach (var place in engine.FollowAsync(from, Limit()))
        {
            places.Add(place);
            if (places.Count == count)
            {
                break;
            }
        }

        return places;
    }

    protected static List<long> Sizes(IEnumerable<AnchorPlace> places) =>
        [.. places.Select(place => Anchor.TryDecode(place.Record.Span, out var anchor) ? anchor.Size : -1)];

    protected static async Task<AnchorEngineException> FailsAsync(AnchorFailure failure, Func<Task> work)
    {
        var exception = await Assert.ThrowsAsync<AnchorEngineException>(work);
        Assert.True(exception.Failure == failure, $"{exception.Failure}: {exception.Message}");
        Assert.Equal(failure == AnchorFailure.Lied, exception.Evidence.Length > 0);
        return exception;
    }

    // A deadline against hanging, never a figure.
    protected static CancellationToken Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return limit.Token;
    }
}
