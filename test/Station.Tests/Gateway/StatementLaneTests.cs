using System.Net.WebSockets;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Gateway;

public sealed class StatementLaneTests(StatementLaneTests.Court court) : IClassFixture<StatementLaneTests.Court>, IAsyncLifetime
{
    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station);
    }

    public ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Acknowledgement_ComesAfterTheStatementIsOnDisk()
    {
        var statement = _seal.Next();

        await _lane.AcknowledgedAsync(statement);

        using var store = SqliteLogStore.OpenForReading(Path.Combine(_station.Data.FullName, "log.db"));
        Assert.NotNull(store.FindEntry(statement.Hash));
    }

    [Fact]
    public async Task Statement_ReachesTheReceivedFeed()
    {
        var statement = _seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));

        await _lane.SendAsync(statement);

        var signal = await _station.ReceiveAsync<FactReceived>(f => f.Fact.Statement.Hash == statement.Hash);
        Assert.Equal(_seal.Key.PublicKey, signal.Fact.Verified.Key);
    }

    [Fact]
    public async Task Burst_IsAcknowledgedWhole()
    {
        var sent = Enumerable.Range(0, 300).Select(_ => _seal.Next()).ToArray();
        foreach (var statement in sent)
        {
            await _lane.SendAsync(statement);
        }

        HashSet<Digest> acked = [];
        while (acked.Count < sent.Length)
        {
            acked.Add((await _lane.ReceiveAsync<AckMessage>()).Hash);
        }

        Assert.Equal(sent.Select(s => s.Hash).ToHashSet(), acked);
        Assert.Equal(sent.Select(s => s.Hash), _station.Entries(_seal.Seal).Where(s => s.Chain is not null).Select(s => s.Hash));
    }

    [Fact]
    public async Task TooFastSeal_IsSlowed_AndLosesNothing()
    {
        await using var station = await TestStation.StartAsync(("Gateway:StatementsPerSecondMax", "40"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station);
        var sent = Enumerable.Range(0, 90).Select(_ => seal.Next()).ToArray();
        var start = TimeProvider.System.GetTimestamp();
        foreach (var statement in sent)
        {
            await lane.SendAsync(statement);
        }

        for (var i = 0; i < sent.Length; i++)
        {
            await lane.ReceiveAsync<AckMessage>();
        }

        // 40 at once, 50 more at 40 a second: no sooner than 1.25 s, whatever the machine does.
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(1.2));
        Assert.Equal(sent.Length, station.Entries().Count(s => s.Chain is not null));
    }

    [Fact]
    public async Task RepeatedStatement_IsAcknowledgedAgain_AndStandsInTheLogOnce()
    {
        var first = _seal.Next();
        await _lane.AcknowledgedAsync(first);
        await _lane.AcknowledgedAsync(_seal.Next());

        await _lane.AcknowledgedAsync(first);

        Assert.Single(_station.Entries(_seal.Seal), s => s.Hash == first.Hash);
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind == "chain.fork");
    }

    [Fact]
    public async Task RepeatedStatement_OnANewConnection_IsAcknowledgedAgain()
    {
        var first = _seal.Next();
        var second = _seal.Next();
        await _lane.AcknowledgedAsync(first);
        await _lane.AcknowledgedAsync(second);
        _lane.Cut();
        using var lane = await _seal.ConnectAsync(_station);

        await lane.AcknowledgedAsync(first);

        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind is "chain.fork" or "counter.gap");
    }

    [Fact]
    public async Task Welcome_NamesOnlyWhatTheLogHasWithoutAGap()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        _seal.Next();
        await _lane.AcknowledgedAsync(_seal.Next());
        _lane.Cut();
        await _station.RestartAsync();

        using var lane = await _seal.ConnectAsync(_station);

        Assert.Equal(1, lane.Welcome!.Acked);
    }

    [Theory]
    [InlineData("truncated", StatementVerdict.NotCanonical)]
    [InlineData("trailing byte", StatementVerdict.NotCanonical)]
    [InlineData("indefinite length", StatementVerdict.NotCanonical)]
    [InlineData("unknown label", StatementVerdict.UnknownLabel)]
    [InlineData("flipped signature", StatementVerdict.SignatureInvalid)]
    [InlineData("other key", StatementVerdict.KeyMismatch)]
    [InlineData("foreign issuer", StatementVerdict.ClaimInvalid)]
    [InlineData("wrong seal", StatementVerdict.ClaimInvalid)]
    [InlineData("no chain", StatementVerdict.ClaimInvalid)]
    internal async Task SpoiledStatement_IsRefused_Kept_AndStated(string spoiling, StatementVerdict verdict)
    {
        var bytes = Spoiled.Make(_seal, spoiling);

        await _lane.SendAsync(new StatementMessage(1, bytes));

        var nak = await _lane.ReceiveAsync<NakMessage>();
        Assert.Equal((1, (long)verdict), (nak.Sequence, nak.Verdict));
        var fact = await _station.WaitForAsync("signature.bad", _seal.Seal);
        Assert.Equal((_seal.Device, (long)verdict), (fact.Body["device"].AsText(), fact.Body["verdict"].AsInteger()));
        Assert.Equal(Digest.Of(bytes), fact.Body["bytes"].AsDigest());
        Assert.Equal([bytes], Quarantined());
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Hash == Digest.Of(bytes));
        await _lane.AcknowledgedAsync(_seal.Next());
    }

    [Fact]
    public async Task EndlessRefusals_CloseTheLane()
    {
        for (var i = 0; i < 3; i++)
        {
            await _lane.SendAsync(new StatementMessage(1, new[] { (byte)i }));
            await _lane.ReceiveAsync<NakMessage>();
        }

        await _lane.SendAsync(new StatementMessage(1, new byte[] { 9 }));

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await _lane.ClosedAsync());
        Assert.Equal(3, Quarantined().Count);
    }

    [Fact]
    public async Task Quarantine_IsBounded_AndTheFactStandsAllTheSame()
    {
        await using var station = await TestStation.StartAsync(("Gateway:QuarantineBytesPerDeviceMax", "10"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station);

        await lane.SendAsync(new StatementMessage(1, new byte[11]));

        await lane.ReceiveAsync<NakMessage>();
        Assert.False((await station.WaitForAsync("signature.bad")).Body["kept"].AsBoolean());
    }

    [Fact]
    public async Task Rebinding_LeavesTheJournalsOlderStatementsGood()
    {
        var before = _seal.Next();
        var written = _station.Writer.Court("device.enrolled", TestCourt.Seal(7), CborValue.Map(
            ("device", CborValue.Text(_seal.Device)), ("key", _seal.Key.PublicKey.ToCbor())));
        await written.Sequencing;
        var after = _seal.Draft() with { Subject = TestCourt.Seal(7) };

        await _lane.AcknowledgedAsync(before);
        await _lane.AcknowledgedAsync(after.Sign(_seal.Key));
    }

    [Fact]
    public async Task SignedNonsense_StopsNoFollower()
    {
        await _lane.AcknowledgedAsync(_seal.Next("command.answered", CborValue.Map(("command", CborValue.Integer(5)))));
        await _lane.AcknowledgedAsync(_seal.Next("media.manifest", CborValue.Map(
            ("stream", CborValue.Integer(1)), ("first", CborValue.Integer(long.MaxValue)), ("init", CborValue.Bytes(_seal.Previous)),
            ("fragments", CborValue.Array(CborValue.Bytes(_seal.Previous), CborValue.Bytes(_seal.Previous))))));
        var last = _seal.Next();
        await _lane.AcknowledgedAsync(last);

        Shared.Eventually.Holds(
            () => _station.Services.GetRequiredService<DevicesStore>().Find(_seal.Device)!.Hash == last.Hash.ToString(), "the gateway followed");
        Assert.All(_station.Health.Parts.Where(p => p.Part != WarningSenders.Part), p => Assert.Equal(HealthLevel.Good, p.Level));
    }

    private List<byte[]> Quarantined() =>
        _station.Services.GetRequiredService<StationDatabase>().Read(c => c.Query<byte[]>(
            "SELECT bytes FROM quarantine WHERE device = @Device", new { _seal.Device }).AsList());

    public sealed class Court() : SharedStation(("Gateway:RefusalsPerMinuteMax", "3"));
}
