using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Media;

public sealed class PictureTests(PictureTests.Court court) : IClassFixture<PictureTests.Court>, IAsyncLifetime
{
    private readonly byte[] _jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. "a picture"u8, .. RandomNumberGenerator.GetBytes(8), 0xFF, 0xD9];

    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station, "/uplink/media");
    }

    public ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Picture_IsKept_Stated_AndSigned()
    {
        await VouchAsync();
        await KeepAsync(Hash, _jpeg);

        var received = await _station.WaitForAsync("media.received", _seal.Seal);
        Assert.Equal((Hash, _seal.Seal), (received.Body["hash"].AsDigest(), received.Subject));
        await StateAsync(MediaState.Signed);
        using var browser = await _station.BrowseAsync(Access.Officer);
        using var response = await browser.GetAsync($"/api/media/{Hash}");
        Assert.Equal(_jpeg, await response.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task PictureWithoutAStatement_IsShownAsUnsigned()
    {
        await KeepAsync(Hash, _jpeg);

        await StateAsync(MediaState.Unsigned);
    }

    [Fact]
    public async Task PictureOfAnotherHash_IsKept_StatedAsMismatch_AndNeverShownAsSigned()
    {
        await VouchAsync();
        byte[] other = [.. _jpeg, 0];

        await KeepAsync(Hash, other);

        var mismatch = await _station.WaitForAsync("media.mismatch", _seal.Seal);
        Assert.Equal((Hash, Digest.Of(other)), (mismatch.Body["hash"].AsDigest(), mismatch.Body["got"].AsDigest()));
        await StateAsync(MediaState.Mismatch);
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind == "media.received");
    }

    [Fact]
    public async Task WrongBytesOfAnotherSeal_DoNotStandInTheWayOfTheRightOnes()
    {
        using var other = await TestSeal.EnrolAsync(_station);
        using var otherLane = await other.ConnectAsync(_station, "/uplink/media");
        await otherLane.SendAsync(new PictureMessage(Hash, "image/jpeg", "garbage"u8.ToArray()));
        await otherLane.ReceiveAsync<KeptMessage>();
        await VouchAsync();

        await KeepAsync(Hash, _jpeg);

        await StateAsync(MediaState.Signed);
        Assert.Equal(_seal.Seal, Row()!.Seal);
    }

    [Fact]
    public async Task StatementOfAnotherSeal_DoesNotSignThisOnesPicture()
    {
        using var other = await TestSeal.EnrolAsync(_station);
        using (var statements = await other.ConnectAsync(_station))
        {
            await statements.AcknowledgedAsync(other.Next("media.still", data: new HashedData(Hash, "image/jpeg")));
        }

        await KeepAsync(Hash, _jpeg);

        await StateAsync(MediaState.Unsigned);
    }

    [Fact]
    public async Task SamePictureTwice_IsStatedOnce()
    {
        await KeepAsync(Hash, _jpeg);
        await KeepAsync(Hash, _jpeg);
        await KeepAsync(Digest.Of("x"u8), "x"u8.ToArray());

        await _station.WaitForAsync(s => s.Kind == "media.received" && s.Subject == _seal.Seal && s.Body["hash"].AsDigest() == Digest.Of("x"u8), "the other picture");
        Assert.Equal(2, _station.Entries(_seal.Seal).Count(s => s.Kind == "media.received"));
    }

    [Fact]
    public async Task Page_IsNoPicture()
    {
        await _lane.SendAsync(new PictureMessage(Hash, "text/html", "<script>"u8.ToArray()));

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await _lane.ClosedAsync());
        Assert.Null(Row());
    }

    [Fact]
    public async Task MoreThanADaysShare_IsNotKept_AndStatedOnce()
    {
        var large = new byte[90];
        await KeepAsync(Digest.Of(large), large);
        await _lane.SendAsync(new PictureMessage(Hash, "image/jpeg", _jpeg));
        await _lane.SendAsync(new PictureMessage(Hash, "image/jpeg", _jpeg));

        // Small enough for what is left; kept messages for the two before it would come first.
        await KeepAsync(Digest.Of("ok"u8), "ok"u8.ToArray());

        var refused = await _station.WaitForAsync("media.refused", _seal.Seal);
        Assert.Equal(("pictures", 100), (refused.Body["what"].AsText(), refused.Body["bytes_max"].AsInteger()));
        Assert.Null(Row());
        Assert.Single(_station.Entries(_seal.Seal), s => s.Kind == "media.refused");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Access.Clerk, HttpStatusCode.Forbidden)]
    [InlineData(Access.Applicant, HttpStatusCode.Forbidden)]
    public async Task WhoMayNotSeePersons_GetsNoPicture(string? role, HttpStatusCode expected)
    {
        await KeepAsync(Hash, _jpeg);
        using var browser = await _station.BrowseAsync(role);

        using var response = await browser.GetAsync($"/api/media/{Hash}");

        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind == "media.viewed");
    }

    [Fact]
    public async Task EveryView_IsStated_WithViewerAndReason()
    {
        await KeepAsync(Hash, _jpeg);
        using var browser = await _station.BrowseAsync(Access.Judge);
        using var first = await browser.GetAsync($"/api/media/{Hash}");
        using var second = await browser.GetAsync($"/api/media/{Hash}?reason=hearing");

        await _station.WaitForAsync(s => s.Kind == "media.viewed" && s.Subject == _seal.Seal && s.Body["reason"].AsText() == "hearing", "the second view");
        var viewed = _station.Entries(_seal.Seal).Where(s => s.Kind == "media.viewed").ToArray();
        Assert.Equal(["duty", "hearing"], viewed.Select(v => v.Body["reason"].AsText()));
        Assert.All(viewed, v => Assert.Equal((browser.Login, Hash, _seal.Seal), (v.Body["viewer"].AsText(), v.Body["hash"].AsDigest(), v.Subject)));
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

    private Digest Hash => Digest.Of(_jpeg);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PictureRow? Row() => _station.Services.GetRequiredService<PicturesStore>().Find(Hash);

    private async Task VouchAsync()
    {
        using var statements = await _seal.ConnectAsync(_station);
        await statements.AcknowledgedAsync(_seal.Next("media.still", data: new HashedData(Hash, "image/jpeg")));
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
        using var response = await browser.GetAsync($"/api/media/{Hash}");
        Assert.Equal([SealViews.Camel(state)], response.Headers.GetValues(MediaEndpoints.StateHeader));
    }

    public sealed class Court() : SharedStation(("Media:PictureBytesPerDayMax", "100"));
}
