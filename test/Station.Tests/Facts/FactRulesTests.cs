using System.Net.WebSockets;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Facts;

/// <summary>What the log's rules refuse is kept, told, and not offered for ever; what they let in, other courts let in.</summary>
public sealed class FactRulesTests : IAsyncLifetime
{
    private const string Part = "unsequenced";

    private TestStation _station = null!;

    public async ValueTask InitializeAsync() => _station = await TestStation.StartAsync();

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public async Task StationsStatementThatBreaksARule_IsSetAside_AndHealthSaysSo()
    {
        var written = _station.Writer.Station("order.lifted", TestCourt.Seal(1), CborValue.EmptyMap);
        var result = await written.Sequencing;

        Assert.Equal((AppendStatus.Refused, EntryFault.Role), (result.Status, result.Refusal!.Rule));
        AssertSetAside(written.Statement.Hash.ToString(), "role: ");
        Assert.True((await Good()).IsSequenced);
    }

    [Fact]
    public async Task KeptStatementThatSomebodySpoilt_IsSetAside_AndDoesNotHoldUpTheOthers()
    {
        var good = _station.Writer.Sign(null, "heartbeat.back", TestCourt.Seal(1), CborValue.EmptyMap);
        var bad = good.Bytes.ToArray();
        bad[^60] ^= 1;
        Database.Write(t => t.Connection!.Execute(
            "INSERT INTO unsequenced VALUES ('bad', @bad), ('good', @good)", new { bad, good = good.Bytes.ToArray() }, t));

        await _station.WaitForAsync(s => s.Hash == good.Hash, "the statement behind the spoilt one");

        AssertSetAside("bad", "signature: ");
        Shared.Eventually.Holds(() => Database.Read(c => c.QuerySingle<int>("SELECT count(*) FROM unsequenced")) == 0, "nothing is offered again");
    }

    [Fact]
    public async Task KindThatIsNotForASealToState_IsRefusedAtTheDoor()
    {
        using var seal = await TestSeal.EnrolAsync(_station);
        using var lane = await seal.ConnectAsync(_station);

        await lane.SendAsync(seal.Next("order.lifted"));

        Assert.Equal((long)StatementVerdict.ClaimInvalid, (await lane.ReceiveAsync<NakMessage>()).Verdict);
        await _station.WaitForAsync("signature.bad");
    }

    [Fact]
    public async Task StatementBehindTheRevocationOfItsKey_IsRefusedForGood_WhoeverNoticesFirst()
    {
        using var seal = await TestSeal.EnrolAsync(_station);
        using var lane = await seal.ConnectAsync(_station);
        await lane.AcknowledgedAsync(seal.Next());

        // Past the intake, so that the gateway may not have heard of it yet.
        var keys = _station.Services.GetRequiredService<StationKeys>();
        var revocation = new StatementDraft
        {
            Issuer = TestCourt.Identity.CourtIssuer, Subject = seal.Seal, Kind = "device.revoked", TimeMs = 1,
            Body = CborValue.Map(("device", CborValue.Text(seal.Device)), ("key", CborValue.Bytes(seal.Key.PublicKey.Thumbprint))),
        }.Sign(keys.Court);
        var sequencing = _station.Log.AppendAsync(revocation.Bytes, TestContext.Current.CancellationToken);
        var late = seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        try
        {
            await lane.SendAsync(late);
            Assert.True(await lane.ReceiveAsync() is null or NakMessage);
        }
        catch (WebSocketException)
        {
            // The gateway hears of the revocation and ends the lane: it may be faster.
        }

        Assert.True((await sequencing).IsSequenced);
        Assert.True((await Good()).IsSequenced);
        Assert.DoesNotContain(_station.Entries(), s => s.Hash == late.Hash);
        AssertGoodForOthers();
    }

    [Fact]
    public async Task FirstStatementsOfManySeals_StandBehindTheirEnrolments()
    {
        for (var i = 0; i < 5; i++)
        {
            using var seal = await TestSeal.EnrolAsync(_station);
            using var lane = await seal.ConnectAsync(_station);
            await lane.AcknowledgedAsync(seal.Next());
        }

        AssertGoodForOthers();
    }

    [Fact]
    public async Task CourtInAnEpoch_BeginsEveryBatchWithAHeader()
    {
        using var league = new TestLeague(3);
        league.Found();
        await league.RunStationAsync(0);
        await league.RunStationAsync(0);

        using var store = SqliteLogStore.OpenForReading(Path.Combine(league.Data(0).FullName, FactsModule.LogFile));
        var entries = store.ReadEntries(0, 100);
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(entries[1], out var header, out _));
        Assert.Equal(BatchHeader.Kind, header!.Kind);
        using var rules = new EntryRules(league.Own(0).Governance);
        Assert.Null(rules.Rule(0, [.. entries.Select(e => (ReadOnlyMemory<byte>)e)], long.MaxValue, _ => null).Fault);
    }

    private StationDatabase Database => _station.Services.GetRequiredService<StationDatabase>();

    private Task<AppendResult> Good() => _station.Writer.Station("heartbeat.back", TestCourt.Seal(1), CborValue.EmptyMap).Sequencing;

    private void AssertSetAside(string hash, string words)
    {
        Shared.Eventually.Holds(
            () => Database.Read(c => c.QueryFirstOrDefault<string>("SELECT hash FROM refused_fact")) == hash, "the statement was set aside");
        var part = _station.Health.Parts.Single(p => p.Part == Part);
        Assert.Equal(HealthLevel.Degraded, part.Level);
        Assert.Contains(words, part.Detail, StringComparison.Ordinal);
    }

    private void AssertGoodForOthers()
    {
        using var rules = new EntryRules(governance: null);
        Assert.Null(rules.Rule(0, [.. _station.Log.ReadEntries(0, 1000).Select(e => e.Bytes)], long.MaxValue, _ => null).Fault);
    }
}
