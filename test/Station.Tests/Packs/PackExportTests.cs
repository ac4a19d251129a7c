using System.Diagnostics;
using System.Net;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Station.Media;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Station.Tests.Media;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Packs;

public sealed class PackExportTests : IAsyncLifetime
{
    private static readonly byte[] s_ruling = "%PDF-1.4 ruling"u8.ToArray();
    private static readonly byte[] s_still = [0xFF, 0xD8, .. "face"u8, 0xFF, 0xD9];

    private TestStation _station = null!;
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync();
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station);
    }

    public async ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task Pack_HoldsTheWholeStory_AndTheVerifierAcceptsIt()
    {
        var incident = await PlayAsync();

        var (pack, _) = await ExportAsync(incident);

        var report = Verify(pack);
        Assert.True(report.IsValid, $"{report.Verdict}: {report.Detail}");
        Assert.True(report.IsCourtPinned);
        Assert.Equal(3, report.Originals);
        var kinds = Kinds(pack);
        Assert.Superset(
            new HashSet<string>(
            [
                "court.genesis", "device.enrolled", "officer.enrolled", "order.issued", "touch.light", "strip.cut", "media.still", "media.manifest",
                "incident.opened", "incident.acknowledged", "media.received", "command.siren_off", "command.answered",
            ]),
            kinds);
        Assert.DoesNotContain(report.Findings, f => f.Code is PackFindingCode.ClipGap or PackFindingCode.KindUnknown);
    }

    [Fact]
    public async Task BuiltVerifier_AcceptsThePack_WithTheStationStopped_AndRefusesOneFlippedByte()
    {
        var (pack, _) = await ExportAsync(await PlayAsync());
        await _station.StopAsync();
        var file = Path.Combine(_station.Data.FullName, "pack.zip");
        var roster = Path.Combine(_station.Data.FullName, "genesis.cose");
        await File.WriteAllBytesAsync(file, pack, Stop);

        Assert.Equal(0, Cinnabar("verify", file, "--roster", roster));

        pack[pack.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, pack, Stop);
        Assert.Equal(1, Cinnabar("verify", file, "--roster", roster));
        await _station.StartAgainAsync();
    }

    [Fact]
    public async Task Export_IsStated_WithTheHashOfThePack()
    {
        var incident = await PlayAsync();

        var (pack, login) = await ExportAsync(incident);

        var exported = await _station.WaitForAsync("pack.exported");
        Assert.Equal(
            (Digest.Of(pack), incident, login, _seal.Seal),
            (exported.Body["pack"].AsDigest(), exported.Body["incident"].AsText(), exported.Body["viewer"].AsText(), exported.Subject));
        Assert.Empty(Directory.EnumerateFiles(_station.Data.FullName, "*.scratch", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task LongQuietLife_BeforeTheIncident_StaysOut()
    {
        var old = DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds();
        for (var i = 0; i < 5; i++)
        {
            await _lane.AcknowledgedAsync(_seal.Next("touch.light", timeMs: old + i));
        }

        var (pack, _) = await ExportAsync(await PlayAsync());

        Assert.True(Verify(pack).IsValid);
        Assert.Equal(6, Statements(pack).Where(s => s.Chain is not null).Min(s => s.Chain!.Sequence));
    }

    [Fact]
    public async Task SilenceOfASeal_HasAPackAsWell()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        var missed = _station.Writer.Station("heartbeat.missed", _seal.Seal, CborValue.Map(("device", CborValue.Text(_seal.Device))));
        var incident = await OpenAsync("quiet", missed.Statement.Hash);

        var (pack, _) = await ExportAsync(incident);

        Assert.True(Verify(pack).IsValid);
        Assert.Contains("heartbeat.missed", Kinds(pack));
    }

    [Fact]
    public async Task ForkedDevice_StillHasAPackThatVerifies()
    {
        var cut = _seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        await _lane.AcknowledgedAsync(cut);
        await _lane.AcknowledgedAsync((_seal.Draft() with { Chain = cut.Chain }).Sign(_seal.Key));
        await _lane.AcknowledgedAsync(_seal.Next());
        await _station.WaitForAsync("chain.fork");
        var incident = await OpenedAsync(cut);

        var (pack, _) = await ExportAsync(incident);

        var report = Verify(pack);
        Assert.True(report.IsValid, $"{report.Verdict}: {report.Detail}");
        Assert.Contains("chain.fork", Kinds(pack));
    }

    [Fact]
    public async Task AlteredPicture_IsNamed_AndNoPackLeaves()
    {
        var incident = await PlayAsync();
        var path = Directory.EnumerateFiles(Path.Combine(_station.Data.FullName, "media"), Digest.Of(s_still).ToString(), SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(path, [1, 2, 3], Stop);
        using var browser = await _station.BrowseAsync(Access.Judge);

        using var response = await browser.GetAsync($"/api/incidents/{incident}/pack");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(Digest.Of(s_still).ToString(), await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownIncident_IsNotFound()
    {
        using var browser = await _station.BrowseAsync(Access.Judge);

        using var response = await browser.GetAsync("/api/incidents/nothing/pack");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain(_station.Entries(), s => s.Kind == "pack.exported");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Access.Applicant, HttpStatusCode.Forbidden)]
    [InlineData(Access.Clerk, HttpStatusCode.Forbidden)]
    public async Task WhoMayNotSeePersons_GetsNoPack(string? role, HttpStatusCode expected)
    {
        using var browser = await _station.BrowseAsync(role);

        using var response = await browser.GetAsync("/api/incidents/nothing/pack");

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("Packs:StatementsMax", "3")]
    [InlineData("Packs:StatementBytesMax", "1000")]
    [InlineData("Packs:OriginalBytesMax", "10")]
    public async Task LargerThanALimit_IsRefused_AndNamesIt(string limit, string value)
    {
        await using var station = await TestStation.StartAsync((limit, value));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station);
        Order(station, seal);
        var cut = seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        await lane.AcknowledgedAsync(cut);
        var opened = await station.WaitForAsync("incident.opened");
        using var browser = await station.BrowseAsync(Access.Judge);

        using var response = await browser.GetAsync($"/api/incidents/{opened.Body["incident"].AsText()}/pack");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains($"{limit} = {value}", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_IsBuiltAnewFromTheLog()
    {
        var incident = await PlayAsync();
        var database = _station.Services.GetRequiredService<Station.Facts.StationDatabase>();
        database.Write(t =>
        {
            using var command = t.Connection!.CreateCommand();
            command.Transaction = t;
            command.CommandText = "DROP TABLE pack_fact; DELETE FROM follower WHERE name = 'packs'";
            command.ExecuteNonQuery();
        });
        await _station.RestartAsync();

        var (pack, _) = await ExportAsync(incident);

        Assert.True(Verify(pack).IsValid);
    }

    private static void Order(TestStation station, TestSeal seal)
    {
        var ruling = station.Services.GetRequiredService<ContentStore>().Put(s_ruling);
        station.Writer.Court("order.issued", seal.Seal, CborValue.Map(
            ("case", CborValue.Text("(2026)京0108执1号")),
            ("ruling", CborValue.Map(("hash", CborValue.Bytes(ruling)), ("name", CborValue.Text("ruling.pdf")))),
            ("from", CborValue.Text("2026-01-05")), ("until", CborValue.Text("2027-01-04"))));
    }

    /// <summary>Order, touch, cut, still, video, command and answer, acknowledgement by an officer.</summary>
    /// <returns>The incident that Alarms opened.</returns>
    private async Task<string> PlayAsync()
    {
        Order(_station, _seal);
        await _lane.AcknowledgedAsync(_seal.Next());
        var cut = _seal.Next("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        await _lane.AcknowledgedAsync(cut);
        await _lane.AcknowledgedAsync(_seal.Next("media.still", Trigger(cut), data: new HashedData(Digest.Of(s_still), "image/jpeg")));
        await _lane.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(1, 45)));
        using (var media = await _seal.ConnectAsync(_station, "/uplink/media"))
        {
            await media.SendAsync(new PictureMessage(Digest.Of(s_still), "image/jpeg", s_still));
            await media.ReceiveAsync<KeptMessage>();
            await Clip.Shared.SendAsync(media);
        }

        var incident = await OpenedAsync(cut);
        var command = _station.Writer.Court("command.siren_off", _seal.Seal, CborValue.Map(
            ("device", CborValue.Text(_seal.Device)), ("not_before", CborValue.Integer(0)), ("not_after", CborValue.Integer(long.MaxValue))));
        await _lane.ReceiveAsync<CommandMessage>();
        await _lane.AcknowledgedAsync(_seal.Next("command.answered", CborValue.Map(
            ("command", CborValue.Bytes(command.Statement.Hash)), ("result", CborValue.Text("done")))));
        await _station.Writer.Officer("chen", "incident.acknowledged", _seal.Seal, CborValue.Map(
            ("incident", CborValue.Text(incident)), ("via", CborValue.Text("console")))).Sequencing;
        return incident;
    }

    private static CborValue Trigger(Statement cut) => CborValue.Map(
        ("trigger", CborValue.Bytes(cut.Hash)), ("offset_ms", CborValue.Integer(0)), ("width", CborValue.Integer(640)),
        ("height", CborValue.Integer(360)), ("thumbnail", CborValue.Boolean(true)));

    private async Task<string> OpenedAsync(Statement trigger)
    {
        var opened = await _station.WaitForAsync(
            s => s.Kind == "incident.opened" && s.Body["trigger"].AsDigest() == trigger.Hash, "the incident of the cut");
        return opened.Body["incident"].AsText();
    }

    private async Task<string> OpenAsync(string incident, Digest trigger)
    {
        var opened = _station.Writer.Station("incident.opened", _seal.Seal, CborValue.Map(
            ("incident", CborValue.Text(incident)), ("trigger", CborValue.Bytes(trigger)), ("level", CborValue.Integer(2)), ("episode", CborValue.Integer(1))));
        Assert.True((await opened.Sequencing).IsSequenced);
        return incident;
    }

    private async Task<(byte[] Pack, string Login)> ExportAsync(string incident)
    {
        using var browser = await _station.BrowseAsync(Access.Judge);
        using var response = await browser.GetAsync($"/api/incidents/{Uri.EscapeDataString(incident)}/pack");
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        return (await response.Content.ReadAsByteArrayAsync(Stop), browser.Login);
    }

    private PackReport Verify(byte[] pack)
    {
        Assert.True(CourtGenesis.TryRead(_station.Entries()[0], out var court, out var detail), detail);
        return PackVerifier.Verify(new MemoryStream(pack), CourtRoster.Of(court));
    }

    private static List<Statement> Statements(byte[] pack)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(pack));
        return [.. zip.Entries.Where(e => e.FullName.StartsWith("statements/", StringComparison.Ordinal)).Select(entry =>
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.Equal(StatementVerdict.Valid, Statement.TryParse(copy.ToArray(), out var statement, out _));
            return statement!;
        })];
    }

    private static HashSet<string> Kinds(byte[] pack) => [.. Statements(pack).Select(s => s.Kind)];

    private static int Cinnabar(params string[] arguments)
    {
        // artifacts/bin/Station.Tests/debug → artifacts/bin/Cli/debug
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Directory.EnumerateFiles(Path.Combine(here.Parent!.Parent!.FullName, "Cli", here.Name), "cinnabar.dll").Single();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode;
    }
}
