using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Notices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>What alarms owe the log stands in it once, wherever the power goes between signing and striking off.</summary>
public sealed class AlarmsScribeTests : IAsyncLifetime
{
    private static readonly string[] s_owed = ["incident.opened", "warning.attempt", "warning.result", "incident.acknowledged"];

    private readonly AlarmsBench _bench = new(contacts: [AlarmsBench.Judge]);
    private readonly EcdsaSigningKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly MemoryLogStore _entries = new();
    private CourtLog _log = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        const string origin = "log.court.example/1";
        var genesis = TestSeal.Sign(null, "log.genesis", origin, CborValue.EmptyMap).Bytes;
        var identity = new CourtLogIdentity(new CheckpointSigner(origin, _key), genesis, new ReceiptIssuer(origin, _key));
        _log = CourtLog.Open(_entries, identity, _ => null, new CourtLogOptions { BatchWindow = TimeSpan.Zero }, TimeProvider.System);
        _bench.Take(new TestSeal("京0105-000017", _bench.Time).Says("strip.cut"));
        _bench.Step(new ResultInput(_bench.Sent[0].Warning.Key, DeliveryResult.HandedOff(DeliveryReason.Accepted), 1));
        _bench.Acknowledge(Assert.Single(_bench.Store.OpenIncidents()).Id);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _entries.Dispose();
        _key.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task KilledAfterTheLogHasSome_TheRestComesAndNothingTwice(int taken)
    {
        var offered = 0;
        using (var killed = Scribe(statement => offered++ < taken ? AppendAsync(statement) : throw new PowerCutException()))
        {
            await Assert.ThrowsAsync<PowerCutException>(() => killed.WriteOwedAsync(Stop));
        }

        await RestartedAsync();
    }

    [Fact]
    public async Task KilledBetweenTheLogAndTheStrikingOff_NothingComesTwice()
    {
        using (var killed = Scribe(async statement =>
        {
            await AppendAsync(statement);
            if (statement.Kind == s_owed[^1])
            {
                throw new PowerCutException();
            }
        }))
        {
            await Assert.ThrowsAsync<PowerCutException>(() => killed.WriteOwedAsync(Stop));
        }

        Assert.Equal(s_owed, Kinds());
        Assert.Equal(s_owed.Length, _bench.Store.Owed(100).Count);
        await RestartedAsync();
    }

    [Fact]
    public async Task OwedAfterACrash_FollowsWhatWasSignedBeforeIt()
    {
        using (var killed = Scribe(_ => throw new PowerCutException()))
        {
            await Assert.ThrowsAsync<PowerCutException>(() => killed.WriteOwedAsync(Stop));
        }

        _bench.Reopen();
        _bench.Close(Assert.Single(_bench.Store.OpenIncidents()).Id);
        using var scribe = Scribe(AppendAsync);
        await scribe.WriteOwedAsync(Stop);
        Assert.Equal([.. s_owed, "incident.closed"], Kinds());
    }

    private async Task RestartedAsync()
    {
        _bench.Reopen();
        using var scribe = Scribe(AppendAsync);
        Assert.Equal(s_owed.Length, await scribe.WriteOwedAsync(Stop));
        Assert.Equal(s_owed, Kinds());
        Assert.Empty(_bench.Store.Owed(100));
        var (attempt, result) = (Entries()[1], Entries()[2]);
        Assert.Equal(attempt.Hash, result.Body["attempt"].AsDigest());
    }

    private AlarmsScribe Scribe(OfferFact offer) => new(_bench.Store, TestSeal.Sign, offer, _bench.Time, NullLogger<AlarmsScribe>.Instance);

    private async Task AppendAsync(Statement statement) => Assert.True((await _log.AppendAsync(statement.Bytes, Stop)).IsSequenced);

    private List<Statement> Entries() => [.. _log.ReadEntries(1, CourtLog.ReadEntriesMax).Select(e =>
        Statement.TryParse(e.Bytes.Span, out var statement, out _) == StatementVerdict.Valid ? statement! : throw new InvalidDataException())];

    private IEnumerable<string> Kinds() => Entries().Select(s => s.Kind);

    private sealed class PowerCutException : Exception;
}
