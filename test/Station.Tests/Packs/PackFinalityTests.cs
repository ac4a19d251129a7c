using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Packs;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Packs;

/// <summary>Packs of a court that others watch leave only for what is final.</summary>
public sealed class PackFinalityTests : IAsyncLifetime
{
    private const string Incident = "i-1";

    private TestLeague? _league;
    private WebApplication _app = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _league?.Dispose();
    }

    [Fact]
    public async Task PackOfAnEpoch_HoldsItsGovernanceLog_AndACheckpointThatIsFinal()
    {
        await RunAsync(courts: 1);

        var pack = await _app.Services.GetRequiredService<PacksExporter>().ExportAsync(Incident, TestContext.Current.CancellationToken);

        using var file = pack!.File;
        var report = PackVerifier.Verify(file, CourtRoster.Of(_league!.Own(0).Genesis));
        Assert.Equal((PackVerdict.Valid, ""), (report.Verdict, report.Detail));
        var voice = Assert.Single(report.Finality!.Courts);
        Assert.Equal((1, CourtStanding.Known, "log.c0.example/2026"), (report.Finality.Epoch.Number, voice.Standing, voice.Court.Origin));
        Assert.NotNull(voice.TimeSeconds);
        Assert.Equal(report.TreeSize, report.Finality.Size);
        Assert.Equal(PackVerdict.Valid, PackReader.TryOpen(file, PackLimits.Default, out var reader, out _));
        Assert.Equal(_league.Own(0).Governance!.Encode(), reader!.Read(reader.Find(PackPath.Governance)!));
    }

    [Fact]
    public async Task HeadOnTheAnchorChain_IsInThePack_WithTheBlockThatAnotherCourtMayName()
    {
        await RunAsync(courts: 1);
        var anchors = _app.Services.GetRequiredService<AnchorKeeper>();
        Eventually.Holds(() => anchors.AnchoredSize > 0, "a final head is on the chain");

        var pack = await _app.Services.GetRequiredService<PacksExporter>().ExportAsync(Incident, TestContext.Current.CancellationToken);

        using var file = pack!.File;
        var report = PackVerifier.Verify(file, CourtRoster.Of(_league!.Own(0).Genesis));
        Assert.Equal((PackVerdict.Valid, ""), (report.Verdict, report.Detail));
        var anchor = report.Anchor!;
        Assert.InRange(anchor.Size, 1, report.TreeSize);
        Assert.True(anchors.TryRead(book => book.ReadBlocks(0, 1_000), out var blocks));
        Assert.Contains(blocks!, b => (b.Segment, b.Number, b.Hash) == (anchor.Segment, anchor.LastNumber, anchor.LastHash));
    }

    [Fact]
    public async Task WhileTheOtherCourtIsSilent_NothingIsFinal_AndNoPackLeaves()
    {
        await RunAsync(courts: 2);

        await Assert.ThrowsAsync<TimeoutException>(
            () => _app.Services.GetRequiredService<PacksExporter>().ExportAsync(Incident, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CourtThatStandsAlone_HasNoGovernanceLogInItsPacks()
    {
        await RunAsync(courts: 0);

        var pack = await _app.Services.GetRequiredService<PacksExporter>().ExportAsync(Incident, TestContext.Current.CancellationToken);

        using var file = pack!.File;
        var report = PackVerifier.Verify(file, null);
        Assert.True(report.IsValid, report.Detail);
        Assert.Null(report.Finality);
        Assert.Contains(report.Findings, f => f.Code == PackFindingCode.StandsAlone);
    }

    /// <summary>Court 0 of an epoch of so many, the others of which never run, with an incident in its log.</summary>
    private async Task RunAsync(int courts)
    {
        _league = new TestLeague(Math.Max(courts, 1));
        if (courts > 0)
        {
            _league.Found();
        }

        _app = RunCommand.Build(_league.Data(0), null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"), new("Courts:ListenEndpoint", "127.0.0.1:0"),
            new("Logging:LogLevel:Default", "None")]);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var opened = _app.Services.GetRequiredService<FactWriter>().Station("incident.opened", TestCourt.Seal(1), CborValue.Map(
            ("incident", CborValue.Text(Incident)), ("trigger", CborValue.Bytes(Digest.Of("touch"u8))), ("level", CborValue.Integer(2)), ("episode", CborValue.Integer(1))));
        Assert.True((await opened.Sequencing).IsSequenced);
    }
}
