using Cinnabar.Ledger.Etcd.Tests;
using Cinnabar.Shared;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace Cinnabar.Ledger.Etcd.Tests;

/// <summary>One cluster for the tests that do not break it: each test takes a prefix and users of its own in it.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public static readonly string[] Courts = ["court0", "court1", "court2"];

    public EtcdCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await EtcdCluster.StartAsync(Courts, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    public static EtcdAnchorEngine Engine(EtcdCluster cluster, HttpClient http, int court, string prefix = EtcdCluster.Prefix, string? password = null) => new(
        new EtcdAnchorOptions
        {
            Endpoints = cluster.Endpoints, Court = Courts[court], Courts = Courts, Origins = [$"court{court}.example/log/1"],
            User = Courts[court], Password = password ?? cluster.PasswordOf(Courts[court]),
            Prefix = prefix, TidyEvery = TimeSpan.FromHours(1),
        },
        http, TimeProvider.System);
}
