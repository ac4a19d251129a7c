using System.Net;
using System.Net.WebSockets;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Media;

public sealed class PictureTests : IAsyncLifetime
{
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. "a picture"u8, 0xFF, 0xD9];
    private static readonly Digest s_hash = Digest.Of(s_jpeg);

    private TestStation _station = null!;
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync(("Media:PictureBytesPerDayMax", "100"));
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station, "/uplink/media");
    }

    public async ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task Picture_IsKept_Stated_AndSigned()
    {
        await VouchAsync();
        await KeepAsync(s_hash, s_jpeg);

        var received = await _station.WaitForAsync("media.received");
        Assert.Equal((s_hash, _seal.Seal), (received.Body["hash"].AsDigest(), received.Subject));
        await StateAsync(MediaState.Signed);
        using var browser = await _station.BrowseAsync(Access.Officer);
        using var response = await browser.GetAsync($"/api/media/{s_hash}");
        Assert.Equal(s_jpeg, await response.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task PictureWithoutAStatement_IsShownAsUnsigned()
    {
        await KeepAsync(s_hash, s_jpeg);

        await StateAsync(MediaState.Unsigned);
    }

    [Fact]
    public async Task PictureOfAnotherHash_IsKept_StatedAsMismatch_AndNeverShownAsSigned()
    {
        await VouchAsync();
        byte[] other = [.. s_jpeg, 0];

        await KeepAsync(s_hash, other);

        var mismatch = await _station.WaitForAsync("media.mismatch");
        Assert.Equal((s_hash, Digest.Of(other)), (mismatch.Body["hash"].AsDigest(), mismatch.Body["got"].AsDigest()));
        await StateAsync(MediaState.Mismatch);
        Assert.DoesNotContain(_station.Entries(), s => s.Kind == "media.received");
    }

    [Fact]
    public async Task WrongBytesOfAnotherSeal_DoNotStandInTheWayOfTheRightOnes()
    {
        using var other = await TestSeal.EnrolAsync(_station, 2);
        using var otherLane = await other.ConnectAsync(_station, "/uplink/media");
        await otherLane.SendAsync(new PictureMessage(s_hash, "image/jpeg", "garbage"u8.ToArray()));
        await otherLane.ReceiveAsync<KeptMessage>();
        await VouchAsync();

        await KeepAsync(s_hash, s_jpeg);

        await StateAsync(MediaState.Signed);
        Assert.Equal(_seal.Seal, Row()!.Seal);
    }

    [Fact]
    public async Task StatementOfAnotherSeal_DoesNotSignThisOnesPicture()
    {
        using var other = await TestSeal.EnrolAsync(_station, 2);
        using (var statements = await other.ConnectAsync(_station))
        {
            await statements.AcknowledgedAsync(other.Next("media.still", data: new HashedData(s_hash, "image/jpeg")));
        }

        await KeepAsync(s_hash, s_jpeg);

        await StateAsync(MediaState.Unsigned);
    }

    [Fact]
    public async Task SamePictureTwice_IsStatedOnce()
    {
        await KeepAsync(s_hash, s_jpeg);
        await KeepAsync(s_hash, s_jpeg);
        await KeepAsync(Digest.Of("x"u8), "x"u8.ToArray());

        await _station.WaitForAsync(s => s.Kind == "media.received" && s.Body["hash"].AsDigest() == Digest.Of("x"u8), "the other picture");
        Assert.Equal(2, _station.Entries().Count(s => s.Kind == "media.received"));
    }

    [Fact]
    public async Task Page_IsNoPicture()
    {
        await _lane.SendAsync(new PictureMessage(s_hash, "text/html", "<script>"u8.ToArray()));

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await _lane.ClosedAsync());
        Assert.Null(Row());
    }

    [Fact]
    public async Task MoreThanADaysShare_IsNotKept_AndStatedOnce()
    {
        var large = new byte[90];
        await KeepAsync(Digest.Of(large), large);
        await _lane.SendAsync(new PictureMessage(s_hash, "image/jpeg", s_jpeg));
        await _lane.SendAsync(new PictureMessage(s_hash, "image/jpeg", s_jpeg));

        // Small enough for what is left; kept messages for the two before it would come first.
        await KeepAsync(Digest.Of("ok"u8), "ok"u8.ToArray());

        var refused = await _station.WaitForAsync("media.refused");
        Assert.Equal(("pictures", 100), (refused.Body["what"].AsText(), refused.Body["bytes_max"].AsInteger()));
        Assert.Null(Row());
        Assert.Single(_station.Entries(), s => s.Kind == "media.refused");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Access.Clerk, HttpStatusCode.Forbidden)]
    [InlineData(Access.Applicant, HttpStatusCode.Forbidden)]
    public async Task WhoMayNotSeePersons_GetsNoPicture(string? role, HttpStatusCode expected)
    {
        await KeepAsync(s_hash, s_jpeg);
        using var browser = await _station.BrowseAsync(role);

        using var response = await browser.GetAsync($"/api/media/{s_hash}");

        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain(_station.Entries(), s => s.Kind == "media.viewed");
    }

    [Fact]
    public async Task EveryView_IsStated_WithViewerAndReason()
    {
        await KeepAsync(s_hash, s_jpeg);
        using var browser = await _station.BrowseAsync(Access.Judge);
        using var first = await browser.GetAsync($"/api/media/{s_hash}");
        using var second = await browser.GetAsync($"/api/media/{s_hash}?reason=hearing");

        await _station.WaitForAsync(s => s.Kind == "media.viewed" && s.Body["reason"].AsText() == "hearing", "the second view");
        var viewed = _station.Entries().Where(s => s.Kind == "media.viewed").ToArray();
        Assert.Equal(["duty", "hearing"], viewed.Select(v => v.Body["reason"].AsText()));
        Assert.All(viewed, v => Assert.Equal((browser.Login, s_hash, _seal.Seal), (v.Body["viewer"].AsText(), v.Body["hash"].AsDigest(), v.Subject)));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("abc")]
    [InlineData("..%2F..%2Fkeys%2Flog.pem")]
    public async Task UnknownHash_IsNotFound(string hash)
    {
        using var browser = await _station.BrowseAsync(Access.Judge);

        using var response = await browser.GetAsync($"/api/media/{hash}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PictureRow? Row() => _station.Services.GetRequiredService<PicturesStore>().Find(s_hash);

    private async Task VouchAsync()
    {
        using var statements = await _seal.ConnectAsync(_station);
        await statements.AcknowledgedAsync(_seal.Next("media.still", data: new HashedData(s_hash, "image/jpeg")));
    }

    private async Task KeepAsync(Digest hash, byte[] bytes)
    {
        await _lane.SendAsync(new PictureMessage(hash, "image/jpeg", bytes));
        Assert.Equal(hash, (await _lane.ReceiveAsync<KeptMessage>()).Hash);
    }

    private async Task StateAsync(MediaState state)
    {
        var size = _station.Log.Head.Size;
        var follower = _station.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<MediaFollower>().Single();
        await follower.WaitForAsync(size, Stop);
        Assert.Equal(state, Row()!.State);
        using var browser = await _station.BrowseAsync(Access.Auditor);
        using var response = await browser.GetAsync($"/api/media/{s_hash}");
        Assert.Equal([SealViews.Camel(state)], response.Headers.GetValues(MediaEndpoints.StateHeader));
    }
}
