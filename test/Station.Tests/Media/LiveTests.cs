using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Tests.Contract;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Media;

public sealed class LiveTests(SharedStation court) : IClassFixture<SharedStation>, IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;
    private TestLane _lane = null!;
    private TestBrowser _browser = null!;

    private string Path => $"/api/live/{Uri.EscapeDataString(_seal.Seal)}";

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station, "/uplink/media");
        _browser = await _station.BrowseAsync(Access.Officer);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        _lane.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task FirstViewer_StartsTheSealsVideo_AndTheLastOneEndsIt()
    {
        using (var first = await _browser.OpenAsync(Path))
        {
            Assert.True((await _lane.ReceiveAsync<LiveMessage>()).On);
            using var second = await _browser.OpenAsync(Path);
            first.Abort();
            second.Abort();
        }

        Assert.False((await _lane.ReceiveAsync<LiveMessage>()).On);
    }

    [Fact]
    public async Task SealThatComesBack_IsToldThatSomebodyWatches()
    {
        using var viewer = await _browser.OpenAsync(Path);
        await _lane.ReceiveAsync<LiveMessage>();
        using var again = await _seal.ConnectAsync(_station, "/uplink/media");

        Assert.True((await again.ReceiveAsync<LiveMessage>()).On);
    }

    [Fact]
    public async Task ViewerWithoutASeal_IsToldThatItIsOffline()
    {
        using var viewer = await _browser.OpenAsync(Path);

        Assert.Equal("offline", (await JsonAsync(viewer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task LateViewer_GetsBeginningAndCurrentGroup_ThenEachFrame()
    {
        await StreamAsync(1, 20);
        using var viewer = await _browser.OpenAsync(Path);

        var codec = await JsonAsync(viewer);
        Assert.Equal(("codec", "avc1.42C00C", 320), (codec.GetProperty("type").GetString(), codec.GetProperty("codec").GetString(), codec.GetProperty("width").GetInt32()));
        Assert.Equal(Clip.Shared.Init, await BytesAsync(viewer));
        for (var number = 16; number <= 20; number++)
        {
            Assert.Equal(Clip.Shared.Frames[number - 1], await BytesAsync(viewer));
        }

        await _lane.SendAsync(Clip.Shared.Frame(21, FragmentMarks.None));
        Assert.Equal(Clip.Shared.Frames[20], await BytesAsync(viewer));
    }

    [Fact]
    public async Task EndOfTheLane_IsToldToTheViewer()
    {
        await StreamAsync(1, 1);
        using var viewer = await _browser.OpenAsync(Path);
        await JsonAsync(viewer);
        await BytesAsync(viewer);
        await BytesAsync(viewer);

        _lane.Cut();

        Assert.Equal("offline", (await JsonAsync(viewer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Manifest_TellsTheViewerThatThePictureIsSigned()
    {
        using var viewer = await WatchAsync();
        using var statements = await _seal.ConnectAsync(_station);

        await statements.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(1, 1)));

        Assert.Equal("signed", (await JsonAsync(viewer)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task ManifestOfOtherPictures_TellsTheViewerThatTheyDiffer_ForGood()
    {
        using var viewer = await WatchAsync();
        using var statements = await _seal.ConnectAsync(_station);
        await statements.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(2, 1)));
        await _lane.SendAsync(Clip.Shared.Frame(2, FragmentMarks.None, data: [9]));
        await BytesAsync(viewer);

        Assert.Equal("mismatch", (await JsonAsync(viewer)).GetProperty("state").GetString());

        await statements.AcknowledgedAsync(_seal.Next("media.manifest", Clip.Shared.Manifest(1, 1)));
        using var late = await _browser.OpenAsync(Path);
        Assert.Equal("mismatch", (await JsonAsync(late)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task View_IsStated()
    {
        using var viewer = await _browser.OpenAsync(Path + "?reason=patrol");

        var viewed = await _station.WaitForAsync("media.viewed", _seal.Seal);

        Assert.Equal(
            ("live", "patrol", _browser.Login, _seal.Seal),
            (viewed.Body["stream"].AsText(), viewed.Body["reason"].AsText(), viewed.Body["viewer"].AsText(), viewed.Subject));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Access.Applicant, HttpStatusCode.Forbidden)]
    [InlineData(Access.Clerk, HttpStatusCode.Forbidden)]
    public async Task WhoMayNotSeePersons_SeesNoLivePicture(string? role, HttpStatusCode expected)
    {
        using var browser = await _station.BrowseAsync(role);

        Assert.Equal(expected, (await Assert.ThrowsAsync<LaneRefusedException>(() => browser.OpenAsync(Path))).Status);
    }

    [Fact]
    public async Task PageOfAnotherSite_MayNotOpenTheLivePicture()
    {
        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => _browser.OpenAsync(Path, origin: "https://evil.example"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        using var own = await _browser.OpenAsync(Path, origin: $"http://{_station.Console.Authority}");
    }

    [Fact]
    public async Task NoSealNumber_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<LaneRefusedException>(() => _browser.OpenAsync("/api/live/nonsense"))).Status);

    [Fact]
    public async Task OneViewerTooMany_IsPutOff()
    {
        await using var station = await TestStation.StartAsync(("Media:ViewersMax", "1"));
        using var browser = await station.BrowseAsync(Access.Officer);
        using var first = await browser.OpenAsync(Path);
        await JsonAsync(first);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Assert.ThrowsAsync<LaneRefusedException>(() => browser.OpenAsync(Path))).Status);
    }

    private static async Task<JsonElement> JsonAsync(WebSocket viewer)
    {
        var (type, bytes) = await ReceiveAsync(viewer);
        Assert.Equal(WebSocketMessageType.Text, type);
        Assert.Empty(ApiContract.Faults("ViewerMessage", System.Text.Encoding.UTF8.GetString(bytes)));
        return JsonDocument.Parse(bytes).RootElement;
    }

    private static async Task<byte[]> BytesAsync(WebSocket viewer)
    {
        var (type, bytes) = await ReceiveAsync(viewer);
        Assert.Equal(WebSocketMessageType.Binary, type);
        return bytes;
    }

    private static async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(WebSocket viewer)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await viewer.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, whole.ToArray());
            }
        }
    }

    /// <summary>Sends live frames and waits until the station has relayed them.</summary>
    private async Task StreamAsync(int first, int last)
    {
        await _lane.SendAsync(Clip.Stream());
        await _lane.SendAsync(Clip.Shared.InitMessage(FragmentMarks.None));
        for (var number = first; number <= last; number++)
        {
            await _lane.SendAsync(Clip.Shared.Frame(number, FragmentMarks.None));
        }

        await _lane.SendAsync(new HeartbeatMessage(1, 0, CborValue.EmptyMap));
        while (await _lane.ReceiveAsync() is not BeatMessage)
        {
        }
    }

    /// <summary>A viewer that has seen the first frame.</summary>
    private async Task<ClientWebSocket> WatchAsync()
    {
        await StreamAsync(1, 1);
        var viewer = await _browser.OpenAsync(Path);
        Assert.Equal("unsigned", (await JsonAsync(viewer)).GetProperty("state").GetString());
        await BytesAsync(viewer);
        await BytesAsync(viewer);
        return viewer;
    }
}
