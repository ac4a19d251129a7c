using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Tests.Anchors;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Etcd.Tests;

/// <summary>The suite of every engine, and what root or a court may do in a cluster that stands.</summary>
public sealed class EtcdAnchorEngineTests(ClusterFixture fixture) : AnchorEngineConformance, IAsyncLifetime
{
    private readonly string _prefix = $"t{Guid.NewGuid():n}/";
    private readonly HttpClient _http = fixture.Cluster.CreateHttpClient();

    public async ValueTask InitializeAsync() => await fixture.Cluster.PrepareAsync(_prefix, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task<IAnchorEngine> OpenAsync(int court) => Task.FromResult<IAnchorEngine>(Engine(court));

    [Fact]
    public async Task WrongPassword_IsRefused()
    {
        await using var engine = ClusterFixture.Engine(fixture.Cluster, _http, 0, _prefix, "wrong");
        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => engine.IdentityAsync(Limit()));
        Assert.Equal(AnchorFailure.Refused, failure.Failure);
        Assert.Contains("invalid user ID or password", failure.Message);
    }

    [Fact]
    public async Task WriteBelowAnotherCourtsName_IsRefusedByEtcd()
    {
        var options = new EtcdAnchorOptions
        {
            Endpoints = fixture.Cluster.Endpoints, Court = "court1", Courts = ClusterFixture.Courts, Origins = [], Prefix = _prefix,
            User = "court0", Password = fixture.Cluster.PasswordOf("court0"),
        };
        await using var engine = new EtcdAnchorEngine(options, _http, TimeProvider.System);
        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => engine.AppendAsync(AnchorOf(1, 1), Limit()));
        Assert.Equal(AnchorFailure.Refused, failure.Failure);
        Assert.Contains("permission denied", failure.Message);
    }

    [Fact]
    public async Task PrefixThatNobodySetUp_IsRefused()
    {
        await fixture.Cluster.PrepareAsync(_prefix + "x/", Limit());
        await RootAsync("kv/deleterange", _prefix + "x/genesis");
        await using var engine = ClusterFixture.Engine(fixture.Cluster, _http, 0, _prefix + "x/");
        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => engine.IdentityAsync(Limit()));
        Assert.Equal(AnchorFailure.Refused, failure.Failure);
    }

    [Theory]
    [InlineData("kv/put")]
    [InlineData("kv/deleterange")]
    public async Task RecordThatRootChangesOrRemoves_IsALieWithEtcdsAnswerAsEvidence(string path)
    {
        await using var engine = Engine(0);
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await RootAsync(path, $"{_prefix}a/court0/{AnchorOf(0, 1).Log}/0000000000000001");

        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => TakeAsync(engine, 0, 2));
        Assert.Equal(AnchorFailure.Lied, failure.Failure);
        Assert.Contains("mod_revision", System.Text.Encoding.UTF8.GetString(failure.Evidence.Span));
    }

    [Fact]
    public async Task GenesisKeyWrittenOver_IsALie()
    {
        await using var engine = Engine(0);
        await RootAsync("kv/put", _prefix + "genesis");
        Assert.Equal(AnchorFailure.Lied, (await Assert.ThrowsAsync<AnchorEngineException>(() => engine.IdentityAsync(Limit()))).Failure);
    }

    [Fact]
    public async Task OurLogWrittenByAnotherCourt_IsShownAsNoAnchor()
    {
        await using var liar = Engine(1);
        await using var engine = Engine(0);
        await liar.AppendAsync(AnchorOf(0, 9), Limit());
        Assert.False(Anchor.TryDecode(Assert.Single(await TakeAsync(engine, 0, 1)).Record.Span, out _));
    }

    [Fact]
    public async Task CompactedHistory_IsReadAsItStands()
    {
        await using var engine = Engine(0);
        for (var size = 1; size <= 3; size++)
        {
            await engine.AppendAsync(AnchorOf(0, size), Limit());
        }

        var revision = (await engine.IdentityAsync(Limit())).LastPosition;
        await fixture.Cluster.AskAsRootAsync("kv/compaction", new JsonObject { ["revision"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture), ["physical"] = true }, Limit());
        var places = await TakeAsync(engine, 0, 3);
        Assert.Equal([1, 2, 3], Sizes(places));
        await engine.AppendAsync(AnchorOf(0, 4), Limit());
        Assert.Equal([3, 4], Sizes(await TakeAsync(engine, places[1].Position, 2)));
    }

    [Fact]
    public async Task RecordsThatEveryCourtHasSeen_AreRemovedByTheirOwnerAndNobodyMinds()
    {
        var engines = Enumerable.Range(0, 3).Select(Engine).ToArray();
        for (var size = 1; size <= 4; size++)
        {
            await engines[0].AppendAsync(AnchorOf(0, size), Limit());
        }

        // Asking for the fifth says that four are durable here.
        var waiting = engines.Select(engine => TakeAsync(engine, 0, 5)).ToArray();
        foreach (var engine in engines)
        {
            await SeenAsync(engine, 4);
        }

        await engines[0].TidyAsync(Limit());
        Assert.Equal(1, await CountAsync());
        await engines[0].AppendAsync(AnchorOf(0, 5), Limit());
        foreach (var places in await Task.WhenAll(waiting))
        {
            Assert.Equal([1, 2, 3, 4, 5], Sizes(places));
        }

        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => engines[0].AppendAsync(AnchorOf(0, 3), Limit()));
        Assert.Equal(AnchorFailure.Stale, failure.Failure);
    }

    [Fact]
    public async Task RecordsThatOneCourtHasNotSeen_Stay()
    {
        await using var engine = Engine(0);
        await engine.AppendAsync(AnchorOf(0, 1), Limit());
        await engine.AppendAsync(AnchorOf(0, 2), Limit());
        var waiting = TakeAsync(engine, 0, 3);
        await SeenAsync(engine, 2);
        Assert.Equal(2, await CountAsync());
        await engine.AppendAsync(AnchorOf(0, 3), Limit());
        await waiting;
    }

    private EtcdAnchorEngine Engine(int court) => ClusterFixture.Engine(fixture.Cluster, _http, court, _prefix);

    /// <summary>Tidies until this court has said that it saw so many records.</summary>
    private async Task SeenAsync(EtcdAnchorEngine engine, int count)
    {
        var last = (await TakeAsync(Engine(0), 0, count))[^1].Position;
        var told = 0L;
        while (told < last)
        {
            Limit().ThrowIfCancellationRequested();
            await engine.TidyAsync(Limit());
            var answer = await fixture.Cluster.AskAsRootAsync("kv/range", new JsonObject { ["key"] = EtcdCluster.Base64($"{_prefix}seen/{engine.Court}") }, Limit());
            told = EtcdJson.Items(answer, "kvs").Select(EtcdTidying.Position).FirstOrDefault();
        }
    }

    private async Task<long> CountAsync()
    {
        var range = new JsonObject { ["key"] = EtcdCluster.Base64(_prefix + "a/"), ["range_end"] = EtcdCluster.Base64(_prefix + "a0"), ["count_only"] = true };
        return EtcdJson.Number(await fixture.Cluster.AskAsRootAsync("kv/range", range, Limit()), "count");
    }

    private Task<JsonElement> RootAsync(string path, string key)
    {
        var request = new JsonObject { ["key"] = EtcdCluster.Base64(key) };
        if (path == "kv/put")
        {
            request["value"] = Convert.ToBase64String(AnchorOf(0, 1).Encode());
        }

        return fixture.Cluster.AskAsRootAsync(path, request, Limit());
    }
}
