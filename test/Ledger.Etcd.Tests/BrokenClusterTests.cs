using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Tests.Anchors;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Etcd.Tests;

/// <summary>A book on a cluster that loses members, its memory, or itself.</summary>
public sealed class BrokenClusterTests : IAsyncLifetime
{
    private EtcdCluster _cluster = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await EtcdCluster.StartAsync(ClusterFixture.Courts, TestContext.Current.CancellationToken);
        _http = _cluster.CreateHttpClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task MembersKilledOneAfterTheOther_AnchorsGoOn()
    {
        await using var engine = ClusterFixture.Engine(_cluster, _http, 0);
        using var rows = new MemoryAnchorBookStore();
        await using var link = new RunningLink(Open(rows), engine);
        for (var killed = 0; killed < 3; killed++)
        {
            await OweAsync(link, (2 * killed) + 1);
            await _cluster.KillMemberAsync(killed);
            await OweAsync(link, (2 * killed) + 2);
            _cluster.StartMember(killed);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], link.Book.ReadBlocks(0, 10).Select(block => block.Anchor.Size));
        Assert.Empty(link.Book.Alarms);
    }

    [Fact]
    public async Task WipedCluster_IsAnAlarmAndAdoptedCatchesUp()
    {
        await using var engine = ClusterFixture.Engine(_cluster, _http, 0);
        using var rows = new MemoryAnchorBookStore();
        await using var link = new RunningLink(Open(rows), engine);
        await OweAsync(link, 1);
        await _cluster.WipeAsync(TestContext.Current.CancellationToken);

        await link.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        Assert.Equal(AnchorAlarmKind.IdentityChanged, Assert.Single(link.Book.Alarms).Kind);
        link.Book.Owe(Of(2));
        link.Book.Adopt((await engine.IdentityAsync(TestContext.Current.CancellationToken)).Value);
        await link.UntilAsync(book => book.Owed.Count == 0);
        Assert.Equal(2, link.Book.Find(Of(2).Log, 2)!.Anchor.Size);
        Assert.NotNull(link.Book.LastCatchUp);
    }

    [Fact]
    public async Task ClusterRestoredFromAnOldCopy_HasGoneBack()
    {
        await using var engine = ClusterFixture.Engine(_cluster, _http, 0);
        using var rows = new MemoryAnchorBookStore();
        await using (var link = new RunningLink(Open(rows), engine))
        {
            await OweAsync(link, 1);
            await _cluster.SnapshotAsync(TestContext.Current.CancellationToken);
            for (var size = 2; size <= 6; size++)
            {
                await OweAsync(link, size);
            }
        }

        await _cluster.RestoreAsync(TestContext.Current.CancellationToken);
        await using var again = new RunningLink(Open(rows), engine);
        await again.UntilAsync(book => book.State.Condition == AnchorCondition.SetAside);
        Assert.Equal(AnchorAlarmKind.WentBack, Assert.Single(again.Book.Alarms).Kind);
    }

    private static AnchorBook Open(IAnchorBookStore rows) => AnchorBook.Open(rows, RunningLink.BookOptions(), TimeProvider.System);

    private static Anchor Of(long size) => new(Anchor.LogOf("court0.example/log/1"), size, Digest.Of([(byte)size]));

    private static async Task OweAsync(RunningLink link, long size)
    {
        link.Book.Owe(Of(size));
        await link.UntilAsync(book => book.Owed.Count == 0 && book.LastBlock?.Anchor == Of(size));
    }
}
