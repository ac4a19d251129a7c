using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cinnabar.Station.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Station.Tests.Notices;

public sealed class WebhookChannelTests
{
    private const string Secret = "an agreed secret of at least thirty-two characters";
    private readonly ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> _calls = [];

    [Fact]
    public async Task Warning_ArrivesSignedOverTimeAndBody()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        var result = await Send(peer, "/hook");
        Assert.Equal(DeliveryResult.HandedOff(DeliveryReason.Accepted), result);
        var (headers, body) = Assert.Single(_calls);
        Assert.True(IsGenuine(headers, body, DateTimeOffset.UtcNow));
        using var json = JsonDocument.Parse(body);
        Assert.Equal("(2026)京0105执1234号", json.RootElement.GetProperty("caseNumber").GetString());
        Assert.Equal("strip.cut", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(headers[WebhookChannel.KeyHeader].ToString(), json.RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task RecordedCallSentAgainLater_IsNotGenuine()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        await Send(peer, "/hook");
        var (headers, body) = Assert.Single(_calls);
        Assert.False(IsGenuine(headers, body, DateTimeOffset.UtcNow.AddMinutes(6)));
        headers[WebhookChannel.TimestampHeader] = DateTimeOffset.UtcNow.AddMinutes(6).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.False(IsGenuine(headers, body, DateTimeOffset.UtcNow.AddMinutes(6)));
    }

    [Fact]
    public async Task ChangedBody_IsNotGenuine()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        await Send(peer, "/hook");
        var (headers, body) = Assert.Single(_calls);
        body[10] ^= 1;
        Assert.False(IsGenuine(headers, body, DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData(200, 1, DeliveryReason.Accepted)]
    [InlineData(400, 2, DeliveryReason.RequestRefused)]
    [InlineData(401, 2, DeliveryReason.CredentialsRefused)]
    [InlineData(403, 2, DeliveryReason.CredentialsRefused)]
    [InlineData(429, 3, DeliveryReason.ProviderBusy)]
    [InlineData(500, 3, DeliveryReason.ProviderFailed)]
    public async Task ReceiversAnswer_BecomesReason(int status, int outcome, string reason)
    {
        await using var peer = await Peer(status);
        var result = await Send(peer, "/hook");
        Assert.Equal(((DeliveryOutcome)outcome, reason), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        Assert.Equal(DeliveryResult.Refused(DeliveryReason.Redirected), await Send(peer, "/moved"));
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task ReceiverThatNeverAnswers_TimesOut()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        Assert.Equal(DeliveryResult.TimedOut, await Send(peer, "/silent", TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task StationStops_AttemptIsCancelledAndNotCalledATimeout()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        using var channel = Channel(peer, "/silent", TimeSpan.FromSeconds(20));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.SendAsync(Warnings.To("-"), stop.Token));
    }

    [Fact]
    public async Task PrivateAddressNotAllowed_IsNotConnectedTo()
    {
        await using var peer = await Peer(StatusCodes.Status204NoContent);
        var options = new WebhookOptions { Url = new Uri(peer.Address, "/hook"), Secret = Secret };
        using var channel = new WebhookChannel(options, TimeProvider.System);
        var result = await channel.SendAsync(Warnings.To("-"), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryResult.Unreachable(DeliveryReason.PrivateAddress), result);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task NameThatDoesNotExist_IsUnreachable()
    {
        var options = new WebhookOptions { Url = new Uri("https://nowhere.invalid/hook"), Secret = Secret };
        using var channel = new WebhookChannel(options, TimeProvider.System);
        var result = await channel.SendAsync(Warnings.To("-"), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryOutcome.Unreachable, result.Outcome);
    }

    /// <summary>A receiver written from docs/design/alarms.md alone.</summary>
    private static bool IsGenuine(IHeaderDictionary headers, byte[] body, DateTimeOffset now)
    {
        var timestamp = headers["Cinnabar-Timestamp"].ToString();
        if (Math.Abs(now.ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture)) > 300)
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return headers["Cinnabar-Signature"] == "v1=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static WebhookChannel Channel(HttpPeer peer, string path, TimeSpan timeout) => new(
        new WebhookOptions { Url = new Uri(peer.Address, path), Secret = Secret, AllowPrivateAddresses = true, AttemptTimeout = timeout },
        TimeProvider.System);

    private static async Task<DeliveryResult> Send(HttpPeer peer, string path, TimeSpan? timeout = null)
    {
        using var channel = Channel(peer, path, timeout ?? TimeSpan.FromSeconds(20));
        return await channel.SendAsync(Warnings.To("-"), TestContext.Current.CancellationToken);
    }

    private Task<HttpPeer> Peer(int status) => HttpPeer.StartAsync(_ => { }, routes =>
    {
        routes.MapPost("/hook", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _calls.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
            context.Response.StatusCode = status;
        });
        routes.MapPost("/moved", () => Results.Redirect("/hook", permanent: true, preserveMethod: true));
        routes.MapPost("/silent", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
    });
}
