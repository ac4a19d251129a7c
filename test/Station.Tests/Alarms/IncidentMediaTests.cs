using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Media;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Station.Tests.Media;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using HostedSeal = Cinnabar.Station.Tests.Hosting.TestSeal;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>What the incident's answer says of each picture and of the recording: signed, unsigned or mismatch.</summary>
public sealed class IncidentMediaTests(SharedStation court) : IClassFixture<SharedStation>, IAsyncLifetime
{
    private readonly byte[] _jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. "an intruder"u8, .. RandomNumberGenerator.GetBytes(8), 0xFF, 0xD9];
    private readonly TestStation _station = court.Begin();
    private HostedSeal _seal = null!;
    private TestLane _media = null!;
    private TestLane _statements = null!;
    private TestBrowser _officer = null!;
    private Statement _cut = null!;

    private Digest Hash => Digest.Of(_jpeg);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _seal = await HostedSeal.EnrolAsync(_station);
        _media = await _seal.ConnectAsync(_station, "/uplink/media");
        _statements = await _seal.ConnectAsync(_station);
        _officer = await _station.BrowseAsync(Access.Officer);
        await _statements.AcknowledgedAsync(_cut = _seal.Next("strip.cut"));
    }

    public ValueTask DisposeAsync()
    {
        _officer.Dispose();
        _media.Dispose();
        _statements.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task PictureWithItsStatement_IsSigned_AndTheCardsThumbnail()
    {
        await KeepAsync(_jpeg);
        await VouchAsync();

        var incident = await UntilAsync(i => State(Still(i)) == "signed");
        Assert.Equal((-400, 640, true), (Still(incident)!["offsetMs"]!.GetValue<int>(), Still(incident)!["width"]!.GetValue<int>(), Still(incident)!["thumbnail"]!.GetValue<bool>()));
        Assert.Equal(Hash.ToString(), incident["thumbnail"]!.GetValue<string>());
    }

    [Fact]
    public async Task PictureBeforeItsStatement_IsUnsigned()
    {
        await KeepAsync(_jpeg);

        var incident = await UntilAsync(i => Still(i) is not null);
        Assert.Equal("unsigned", State(Still(incident)));
    }

    [Fact]
    public async Task OtherBytesThanStated_AreAMismatch_AndNoThumbnail()
    {
        await VouchAsync();
        await KeepAsync([.. _jpeg, 0]);

        var incident = await UntilAsync(i => State(Still(i)) == "mismatch");
        Assert.Null(incident["thumbnail"]);
    }

    [Fact]
    public async Task StatedPictureThatIsNotHere_IsNotShown()
    {
        await VouchAsync();

        var incident = await UntilAsync(i => i["timeline"]!.AsArray().Any(t => t!["kind"]!.GetValue<string>() == "media.still"));
        Assert.Null(Still(incident));
        Assert.Null(incident["thumbnail"]);
    }

    [Fact]
    public async Task Recording_IsUnsignedUntilItsManifests_AndItsNamePlays()
    {
        await Clip.Shared.SendAsync(_media, firstMs: _cut.TimeMs);
        var incident = await UntilAsync(i => i["recording"] is not null);
        Assert.Equal("unsigned", State(incident["recording"]));

        await ManifestAsync(45);

        incident = await UntilAsync(i => State(i["recording"]) == "signed");
        using var video = await _officer.GetAsync($"/api/recordings/{incident["recording"]!["stream"]!.GetValue<string>()}/video.mp4");
        Assert.Equal(45, Clip.CountFrames(await video.Content.ReadAsByteArrayAsync(Stop)));
    }

    [Fact]
    public async Task RecordingOfWhichAPartNeverGotItsManifest_IsUnsigned()
    {
        // Its last frame is half a minute old: no manifest is on its way any more.
        await Clip.Shared.SendAsync(_media, firstMs: _cut.TimeMs - 30_000);
        await ManifestAsync(44);
        await _station.Services.GetServices<IHostedService>().OfType<MediaFollower>().Single().WaitForAsync(_station.Log.Head.Size, Stop);

        var incident = await UntilAsync(i => i["recording"] is not null);
        Assert.Equal("unsigned", State(incident["recording"]));
    }

    [Fact]
    public async Task RecordingThatGrows_IsShownAsFarAsItIsSigned()
    {
        await Clip.Shared.SendAsync(_media, firstMs: _cut.TimeMs);
        await ManifestAsync(44);

        var incident = await UntilAsync(i => State(i["recording"]) == "signed");
        var recording = incident["recording"]!;
        var range = $"from={Ms(recording["from"])}&until={Ms(recording["until"])}";
        using var video = await _officer.GetAsync($"/api/recordings/{recording["stream"]!.GetValue<string>()}/video.mp4?{range}");
        Assert.Equal(44, Clip.CountFrames(await video.Content.ReadAsByteArrayAsync(Stop)));
    }

    [Fact]
    public async Task RecordingWithAnotherFrameThanStated_IsAMismatch()
    {
        await Clip.Shared.SendAsync(_media, firstMs: _cut.TimeMs, data: n => n == 20 ? [.. Clip.Shared.Frames[19], 0] : Clip.Shared.Frames[n - 1]);
        await ManifestAsync(45);

        await UntilAsync(i => State(i["recording"]) == "mismatch");
    }

    private static JsonNode? Still(JsonNode incident) => incident["stills"]!.AsArray().SingleOrDefault();

    private static string? State(JsonNode? node) => node?["state"]!.GetValue<string>();

    private Task<AckMessage> VouchAsync() => _statements.AcknowledgedAsync(_seal.Next(
        "media.still", CborValue.Map(
            ("trigger", CborValue.Bytes(_cut.Hash)), ("offset_ms", CborValue.Integer(-400)), ("width", CborValue.Integer(640)),
            ("height", CborValue.Integer(360)), ("thumbnail", CborValue.Boolean(true))),
        data: new HashedData(Hash, "image/jpeg")));

    private Task<AckMessage> ManifestAsync(int count) => _statements.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(1, count)));

    // Whatever the bytes are, they are sent under the hash of the picture.
    private async Task KeepAsync(byte[] bytes)
    {
        await _media.SendAsync(new PictureMessage(Hash, "image/jpeg", bytes));
        await _media.ReceiveAsync<KeptMessage>();
    }

    private async Task<JsonNode> UntilAsync(Func<JsonNode, bool> holds)
    {
        JsonNode? seen = null;
        await AlarmsRun.UntilAsync(async () =>
        {
            using var list = await _officer.GetAsync("/api/incidents?open=true");
            var cards = JsonNode.Parse(await list.Content.ReadAsStringAsync(Stop))!.AsArray();
            if (cards.SingleOrDefault(c => c!["sealNumber"]!.GetValue<string>() == _seal.Seal) is not { } card)
            {
                return false;
            }

            using var answer = await _officer.GetAsync($"/api/incidents/{card["id"]}");
            return holds(seen = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!);
        });
        return seen!;
    }

    private static long Ms(JsonNode? time) => time!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds();
}
