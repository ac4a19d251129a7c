using Cinnabar.Evidence.Cbor;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Gateway;

/// <summary>The log stops because somebody else wrote into its file; everything else goes on.</summary>
public sealed class StoppedLogTests : IAsyncLifetime
{
    private TestStation _station = null!;
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync();
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station);
        await _lane.AcknowledgedAsync(_seal.Next());
        Sql($"INSERT INTO entry(position, bytes) VALUES ({_station.Log.Head.Size}, x'00')");
    }

    public async ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task Statement_IsPutOff_ButAlarmsHearsIt_AndHealthSaysWhy()
    {
        var cut = _seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));

        await _lane.SendAsync(cut);

        Assert.Equal(cut.Chain!.Sequence, (await _lane.ReceiveAsync<CannotMessage>()).Sequence);
        await _station.ReceiveAsync<FactReceived>(f => f.Fact.Statement.Hash == cut.Hash);
        var log = _station.Health.Parts.Single(p => p.Part == "log");
        Assert.Equal(HealthLevel.Failed, log.Level);
        Assert.Contains(nameof(LogStopReason.StoreConflict), log.Detail, StringComparison.Ordinal);
        Assert.Equal(HealthLevel.Failed, _station.Health.Worst);
    }

    [Fact]
    public async Task Healthz_IsUnavailable_AndSaysOfEachPartWhatTheBoardSays()
    {
        await _lane.SendAsync(_seal.Next());
        await _lane.ReceiveAsync<CannotMessage>();
        using var watcher = await _station.BrowseAsync(null);

        using var response = await watcher.GetAsync("/healthz");

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var health = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("failed", health["status"]!.GetValue<string>());
        Assert.Equal(
            _station.Health.Parts.Select(p => (p.Part, p.Sentence)), health["parts"]!.AsObject().Select(p => (p.Key, p.Value!.GetValue<string>())));
        Assert.Equal("No channel is switched on: nobody outside the console is warned.", health["parts"]!["channels"]!.GetValue<string>());
    }

    [Fact]
    public async Task Station_GoesOn_AndWhatItStatesWaits()
    {
        await _lane.SendAsync(_seal.Next());
        await _lane.ReceiveAsync<CannotMessage>();

        var written = _station.Writer.Station("heartbeat.missed", _seal.Seal, CborValue.Map(("device", CborValue.Text("seal-1"))));

        Assert.Equal(AppendStatus.Stopped, (await written.Sequencing).Status);
        await _lane.SendAsync(new HeartbeatMessage(1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), CborValue.EmptyMap));
        await _lane.ReceiveAsync<BeatMessage>();
        Repair();
        await _station.RestartAsync();
        await _station.WaitForAsync(s => s.Hash == written.Statement.Hash, "the statement that waited");
    }

    [Fact]
    public async Task StatementSentAgainAfterTheRepair_IsNoFork()
    {
        var late = _seal.Next();
        await _lane.SendAsync(late);
        await _lane.ReceiveAsync<CannotMessage>();
        await _lane.SendAsync(_seal.Next());
        await _lane.ReceiveAsync<CannotMessage>();

        await _lane.SendAsync(late);

        await _lane.ReceiveAsync<CannotMessage>();
        Repair();
        await _station.RestartAsync();
        using var lane = await _seal.ConnectAsync(_station);
        await lane.AcknowledgedAsync(late);
        Assert.DoesNotContain(_station.Entries(), s => s.Kind == "chain.fork");
    }

    [Fact]
    public async Task KeyVouchedForWhileTheLogWasStopped_IsKnownOnceItIsSequenced()
    {
        await _lane.SendAsync(_seal.Next());
        await _lane.ReceiveAsync<CannotMessage>();
        _station.Writer.Officer("chen", "incident.acknowledged", _seal.Seal, CborValue.Map(("incident", CborValue.Text("1"))));
        Repair();
        await _station.RestartAsync();
        await _station.WaitForAsync("incident.acknowledged");

        Shared.Eventually.Holds(
            () => _station.Services.GetRequiredService<KeyRegister>().Find("officer:chen") is not null, "the officer's key was known");
    }

    private void Repair() => Sql("DELETE FROM entry WHERE bytes = x'00'");

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_station.Data.FullName, "log.db"), Pooling = false, DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        connection.Execute(sql);
    }
}
