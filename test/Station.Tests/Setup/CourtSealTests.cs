using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Setup;

/// <summary>The end of an epoch: four courts (q 3), of which three hold the log of the first.</summary>
public sealed class CourtSealTests : IAsyncLifetime
{
    private const string Origin = "log.c0.example/2026";

    private readonly TestLeague _league = new(4);

    public async ValueTask InitializeAsync()
    {
        _league.Found();
        await _league.RunStationAsync(0);
    }

    public ValueTask DisposeAsync()
    {
        _league.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void EpochAfterSeals_GoesOnFromWhatTheyHold_AtEveryCourt()
    {
        Hold(1);
        Hold(2);
        string[] seals = [Seal(0), Seal(1), Seal(2)];
        var draft = _league.InRoot("draft-2.cbor");
        _league.Do(["propose", "--members", .. Enumerable.Range(0, 4).Select(c => _league.Member(c, 2)),
            "--governance", _league.Governance(0).FullName, "--seals", .. seals, "--out", draft]);

        string[] approvals = [.. Enumerable.Range(0, 3).Select(c => _league.Approve(c, draft))];
        for (var court = 0; court < 4; court++)
        {
            _league.Do(["adopt", "--data", Data(court), "--draft", draft, "--approvals", .. approvals]);
        }

        var terminal = GovernanceFile.Read(Data(3))!.Current.Logs.Single();
        Assert.Equal((Origin, Entries().Count), (terminal.Origin, (int)terminal.Size));
    }

    [Fact]
    public void Seal_SaysWhatIsHeld_OfEveryLog()
    {
        Hold(1);

        var said = _league.Do("seal", "--data", Data(1), "--out", _league.InRoot("s.cbor"));

        Assert.Contains($"sealed: {Origin}, {Entries().Count} entries", said, StringComparison.Ordinal);
        Assert.Contains("sealed: log.c3.example/2026, 0 entries", said, StringComparison.Ordinal);
        Assert.Equal(4, CourtFiles.ReadStatements(new FileInfo(_league.InRoot("s.cbor"))).Count);
    }

    [Fact]
    public void SealAgain_IsTheSameWord()
    {
        Hold(1);
        var first = File.ReadAllBytes(Seal(1));
        _league.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, File.ReadAllBytes(Seal(1, "again.cbor")));
    }

    [Fact]
    public void SealedMirror_VouchesForNothingMore()
    {
        Seal(1);

        Assert.Equal(MirrorVerdict.Sealed, Push(1).Verdict);
    }

    [Fact]
    public async Task SealedCourt_VouchesForNoMoreOfItsOwnLog_AlsoAfterARestart()
    {
        Seal(0);

        await using var app = RunCommand.Build(_league.Data(0), null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"),
            new("Courts:ListenEndpoint", "127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var finality = app.Services.GetRequiredService<OwnFinality>();
        await finality.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(finality.Note.IsEmpty);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunningStation_IsNotSealedBehindItsBack()
    {
        await using var app = RunCommand.Build(_league.Data(0), null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"),
            new("Courts:ListenEndpoint", "127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]);
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Stop it", _league.Refused("seal", "--data", Data(0), "--out", _league.InRoot("s.cbor")), StringComparison.Ordinal);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void CourtInNoEpoch_HasNothingToSeal() => Assert.Contains("nothing to seal", _league.Refused(
        "seal", "--data", _league.Data(_league.Add()).FullName, "--out", _league.InRoot("s.cbor")), StringComparison.Ordinal);

    [Fact]
    public void FileThatIsThere_StopsTheSealBeforeThePromise()
    {
        File.WriteAllText(_league.InRoot("s.cbor"), "");

        Assert.Contains("not replaced", _league.Refused("seal", "--data", Data(1), "--out", _league.InRoot("s.cbor")), StringComparison.Ordinal);
        Assert.NotEqual(MirrorVerdict.Sealed, Push(1).Verdict);
    }

    [Fact]
    public void MirrorThatHoldsAnotherHistory_DoesNotApprove()
    {
        Hold(1);
        using var keys = StationKeys.Open(Data(0));
        var other = new Evidence.Checkpoints.CheckpointSigner(Origin, keys.Log).Sign(1, Evidence.Digest.Of("another history"u8));
        var draft = _league.InRoot("draft-2.cbor");
        _league.Do(["propose", "--members", .. Enumerable.Range(0, 4).Select(c => _league.Member(c, 2)), "--governance", _league.Governance(0).FullName,
            "--seals", _league.Seal(0, (Origin, other)), _league.Seal(2), _league.Seal(3), "--out", draft]);

        Assert.Contains("signed two histories", _league.Refused("approve", "--data", Data(1), "--draft", draft, "--out", _league.InRoot("a.cbor")), StringComparison.Ordinal);
        _league.Approve(3, draft); // It holds nothing to compare, and will when its mirror catches up.
    }

    private string Data(int court) => _league.Data(court).FullName;

    private string Seal(int court, string? name = null)
    {
        var file = _league.InRoot(name ?? $"seals-{court}.cbor");
        _league.Do("seal", "--data", Data(court), "--out", file);
        return file;
    }

    /// <summary>Leads a court's mirror of the first court's log to its head.</summary>
    private void Hold(int court) => Assert.Equal(Entries().Count, Push(court).HeldSize);

    /// <summary>The first court's log: genesis, and the header that begins the epoch.</summary>
    private IReadOnlyList<ReadOnlyMemory<byte>> Entries()
    {
        using var log = FirstLog();
        return [.. log.ReadEntries(0, 100)];
    }

    private SqliteLogStore FirstLog() => SqliteLogStore.OpenForReading(Path.Combine(Data(0), FactsModule.LogFile));

    private MirrorAnswer Push(int court)
    {
        using var log = FirstLog();
        var own = _league.Own(court);
        using var verifier = new EpochVerifier(own.Governance!.Current);
        using var cosigner = CosignerKeys.Open(own.Folder, 1);
        using var memory = SqliteCourtMemory.Open(Path.Combine(own.Folder, "courts", "memory.db"));
        var seat = new CourtSeat(own.Governance, verifier, own.Governance.Current.Find(own.Genesis.Origin)!, cosigner.ToCosigner(own.Genesis.Origin));
        using var mirrors = new CourtMirrors(own.Folder, seat, Hearing.Of(seat), memory);
        return mirrors.Find(Origin)!.Take(new MirrorPush(0, log.ReadLastCheckpoint(), [.. Entries()]), _league.Time.GetUtcNow());
    }
}
