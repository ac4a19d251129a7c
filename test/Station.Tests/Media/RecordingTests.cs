using System.Net;
using Cinnabar.Evidence;
using Cinnabar.Station.Media;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Media;

public sealed class RecordingTests(SharedStation court) : IClassFixture<SharedStation>, IAsyncLifetime
{
    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;
    private TestLane _media = null!;
    private TestLane _statements = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Name => $"{_seal.Device}~{Convert.ToHexStringLower(_seal.Boot)}~1";

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
        _media = await _seal.ConnectAsync(_station, "/uplink/media");
        _statements = await _seal.ConnectAsync(_station);
    }

    public ValueTask DisposeAsync()
    {
        _media.Dispose();
        _statements.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RecordedFragments_AreServedAsOneVideo_ThatDecodes()
    {
        await Clip.Shared.SendAsync(_media);
        using var browser = await _station.BrowseAsync(Access.Officer);

        using var response = await browser.GetAsync($"/api/recordings/{Name}/video.mp4");

        var video = await response.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal([.. Clip.Shared.Init, .. Clip.Shared.Frames.SelectMany(f => f)], video);
        Assert.Equal(Clip.Shared.Frames.Count, Clip.CountFrames(video));
        var viewed = await _station.WaitForAsync("media.viewed", _seal.Seal);
        Assert.Equal((Name, _seal.Seal), (viewed.Body["stream"].AsText(), viewed.Subject));
    }

    [Fact]
    public async Task PartOfARecording_BeginsAtTheKeyFrameBefore()
    {
        await Clip.Shared.SendAsync(_media);
        using var browser = await _station.BrowseAsync(Access.Officer);

        // Two and a half seconds in: the key frame is the 31st frame.
        using var response = await browser.GetAsync($"/api/recordings/{Name}/video.mp4?from=3500");

        Assert.Equal(15, Clip.CountFrames(await response.Content.ReadAsByteArrayAsync(Stop)));
    }

    [Fact]
    public async Task Range_IsServed_AcrossThePieces()
    {
        await Clip.Shared.SendAsync(_media);
        using var browser = await _station.BrowseAsync(Access.Officer);
        var (from, length) = (Clip.Shared.Init.Length - 5, 5_000);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/recordings/{Name}/video.mp4");
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(from, from + length - 1);

        using var response = await browser.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        byte[] whole = [.. Clip.Shared.Init, .. Clip.Shared.Frames.SelectMany(f => f)];
        Assert.Equal(whole[from..(from + length)], await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task ManifestBeforeTheFragments_SignsThem()
    {
        await ManifestAsync(1, 45);
        await Clip.Shared.SendAsync(_media);

        Assert.Equal(MediaState.Signed, (await RowAsync()).State);
    }

    [Fact]
    public async Task ManifestAfterTheFragments_SignsThem()
    {
        await Clip.Shared.SendAsync(_media);
        Assert.Equal(MediaState.Unsigned, (await RowAsync()).State);

        await ManifestAsync(1, 45);

        Assert.Equal(MediaState.Signed, (await RowAsync()).State);
    }

    [Fact]
    public async Task OneFragmentWithoutAManifest_LeavesTheRecordingUnsigned()
    {
        await Clip.Shared.SendAsync(_media);
        await ManifestAsync(1, 44);

        Assert.Equal(MediaState.Unsigned, (await RowAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneOtherFragment_IsAMismatch_StatedOnce_WhicheverCameFirst(bool manifestFirst)
    {
        if (manifestFirst)
        {
            await ManifestAsync(1, 45);
        }

        await Clip.Shared.SendAsync(_media, data: n => n == 20 ? [.. Clip.Shared.Frames[19], 0] : Clip.Shared.Frames[n - 1]);
        if (!manifestFirst)
        {
            await ManifestAsync(1, 45);
        }

        var fact = await _station.WaitForAsync("media.mismatch", _seal.Seal);
        Assert.Equal((20, Digest.Of(Clip.Shared.Frames[19])), (fact.Body["fragment"].AsInteger(), fact.Body["hash"].AsDigest()));
        Assert.Equal(MediaState.Mismatch, (await RowAsync()).State);
        await ManifestAsync(46, 0);
        Assert.Single(_station.Entries(_seal.Seal), s => s.Kind == "media.mismatch");
    }

    [Fact]
    public async Task OtherInitSegment_IsAMismatch()
    {
        await _media.SendAsync(Clip.Stream());
        await _media.SendAsync(Clip.Shared.InitMessage() with { Data = new byte[] { 1, 2, 3 } });
        await _media.SendAsync(Clip.Shared.Frame(1));
        await _media.ReceiveAsync<FragmentsKeptMessage>();
        await ManifestAsync(1, 1);

        Assert.Equal(MediaState.Mismatch, (await RowAsync()).State);
    }

    [Fact]
    public async Task ManifestOfAnotherBoot_SignsNothing()
    {
        await Clip.Shared.SendAsync(_media);
        _seal.Reboot();
        await ManifestAsync(1, 45);

        var store = _station.Services.GetRequiredService<RecordingsStore>();
        Assert.Equal(MediaState.Unsigned, Assert.Single(store.Find(_seal.Seal, 0, long.MaxValue)).State);
    }

    [Fact]
    public async Task FragmentSentAgain_DoesNotReplaceTheFirst()
    {
        await Clip.Shared.SendAsync(_media);
        await Clip.Shared.SendAsync(_media, data: _ => [0]);
        await ManifestAsync(1, 45);

        Assert.Equal(MediaState.Signed, (await RowAsync()).State);
    }

    [Fact]
    public async Task RecordedFragments_AreConfirmedOnceTheyAreOnTheDisk_InUnbrokenRuns()
    {
        await _media.SendAsync(Clip.Stream());
        await _media.SendAsync(Clip.Shared.InitMessage());
        foreach (var number in (int[])[2, 3, 5, 16])
        {
            await _media.SendAsync(Clip.Shared.Frame(number));
        }

        var confirmed = new List<(long, long)>();
        while (confirmed.Count < 3)
        {
            var kept = await _media.ReceiveAsync<FragmentsKeptMessage>();
            Assert.Equal(1, kept.Stream);
            confirmed.Add((kept.First, kept.Last));
        }

        Assert.Equal([(2, 3), (5, 5), (16, 16)], confirmed);
        Assert.Equal([2, 3, 5, 16], Stored().Select(f => f.Number));
    }

    [Fact]
    public async Task LiveFragments_AreNotConfirmed()
    {
        await _media.SendAsync(Clip.Stream());
        await _media.SendAsync(Clip.Shared.InitMessage(FragmentMarks.None));
        await _media.SendAsync(Clip.Shared.Frame(1, FragmentMarks.None));
        await _media.SendAsync(new HeartbeatMessage(1, 0, Evidence.Cbor.CborValue.EmptyMap));

        await _media.ReceiveAsync<BeatMessage>();
    }

    [Fact]
    public async Task LinkCutBeforeTheConfirmation_SecondSendingIsConfirmedToo_AndStoredOnce()
    {
        await Clip.Shared.SendAsync(_media);
        var (before, length) = (Stored(), FileLength());
        _media.Dispose();
        _media = await _seal.ConnectAsync(_station, "/uplink/media");
        await _media.SendAsync(Clip.Stream());
        await _media.SendAsync(Clip.Shared.InitMessage());
        await _media.SendAsync(Clip.Shared.Frame(1));

        Assert.Equal(new FragmentsKeptMessage(1, 1, 1), await _media.ReceiveAsync<FragmentsKeptMessage>());
        Assert.Equal((before.Count, length), (Stored().Count, FileLength()));
    }

    [Fact]
    public async Task MoreThanADaysShare_IsConfirmedAllTheSame_SoThatItIsNotSentForEver()
    {
        await using var station = await TestStation.StartAsync(("Media:RecordedBytesPerDayMax", "1000"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station, "/uplink/media");
        await lane.SendAsync(Clip.Stream());
        await lane.SendAsync(Clip.Shared.Frame(1));

        Assert.Equal(new FragmentsKeptMessage(1, 1, 1), await lane.ReceiveAsync<FragmentsKeptMessage>());
        Assert.Equal("video", (await station.WaitForAsync("media.refused")).Body["what"].AsText());
    }

    [Fact]
    public async Task FragmentOfAnUnknownStream_IsAgainstTheContract()
    {
        await _media.SendAsync(Clip.Shared.Frame(1, stream: 9));

        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, await _media.ClosedAsync());
    }

    [Fact]
    public async Task MoreThanADaysShare_IsNotKept_AndStated()
    {
        await using var station = await TestStation.StartAsync(("Media:RecordedBytesPerDayMax", "1000"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station, "/uplink/media");

        await Clip.Shared.SendAsync(lane);

        Assert.Equal("video", (await station.WaitForAsync("media.refused")).Body["what"].AsText());
        Assert.Empty(station.Services.GetRequiredService<RecordingsStore>().Find(seal.Seal, 0, long.MaxValue));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Access.Applicant, HttpStatusCode.Forbidden)]
    public async Task WhoMayNotSeePersons_GetsNoVideo(string? role, HttpStatusCode expected)
    {
        await Clip.Shared.SendAsync(_media);
        using var browser = await _station.BrowseAsync(role);

        using var response = await browser.GetAsync($"/api/recordings/{Name}/video.mp4");

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("seal-1~0000000000000000~1")]
    [InlineData("seal-1")]
    [InlineData("..~0000000000000000~1")]
    public async Task UnknownRecording_IsNotFound(string name)
    {
        using var browser = await _station.BrowseAsync(Access.Judge);

        using var response = await browser.GetAsync($"/api/recordings/{name}/video.mp4");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private IReadOnlyList<FragmentRow> Stored() => _station.Services.GetRequiredService<RecordingsStore>().Fragments(Name, 0, long.MaxValue);

    private long FileLength()
    {
        using var file = _station.Services.GetRequiredService<RecordingsStore>().Open(Name);
        return file.Length;
    }

    private async Task ManifestAsync(int first, int count)
    {
        await _statements.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(first, count)));
        await FollowedAsync();
    }

    private async Task<RecordingRow> RowAsync()
    {
        await FollowedAsync();
        var store = _station.Services.GetRequiredService<RecordingsStore>();
        var row = store.Get(Name)!;
        Assert.Equal(row.State, Assert.Single(store.Find(_seal.Seal, 0, long.MaxValue)).State);
        return row;
    }

    private Task FollowedAsync() => _station.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
        .OfType<MediaFollower>().Single().WaitForAsync(_station.Log.Head.Size, Stop);
}
