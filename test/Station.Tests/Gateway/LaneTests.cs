using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Gateway;

public sealed class LaneTests(SharedStation court) : IClassFixture<SharedStation>, IAsyncLifetime
{
    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;

    public static TheoryData<string> Lanes => ["/uplink/statements", "/uplink/media"];

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
    }

    public ValueTask DisposeAsync()
    {
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task Seal_IsWelcomed(string path)
    {
        using var lane = await _seal.ConnectAsync(_station, path);

        Assert.Equal(15_000, lane.Welcome!.HeartbeatMs);
        Assert.Equal(0, lane.Welcome.Acked);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task Heartbeat_IsEchoed(string path)
    {
        using var lane = await _seal.ConnectAsync(_station, path);

        await lane.SendAsync(new HeartbeatMessage(7, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), CborValue.EmptyMap));

        Assert.Equal(7, (await lane.ReceiveAsync<BeatMessage>()).Counter);
    }

    [Fact]
    public async Task Heartbeat_AndLink_ReachTheReceivedFeed()
    {
        using (var lane = await _seal.ConnectAsync(_station))
        {
            await _station.ReceiveAsync<LinkChanged>(l => l.Device == _seal.Device && l.Connected);
            await lane.SendAsync(new HeartbeatMessage(1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), CborValue.Map(("armed", CborValue.Boolean(true)))));
            var beat = await _station.ReceiveAsync<HeartbeatReceived>(b => b.Device == _seal.Device);
            Assert.Equal(_seal.Seal, beat.SealNumber);
            Assert.True(beat.State["armed"].AsBoolean());
            lane.Cut();
        }

        await _station.ReceiveAsync<LinkChanged>(l => l.Device == _seal.Device && !l.Connected);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task NoCertificate_IsForbidden(string path)
    {
        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => _seal.OpenAsync(_station.Uplink, path, withCertificate: false));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task CertificateOfAnotherCa_DoesNotPassTheHandshake()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var foreign = new CertificateRequest($"CN={_seal.Device}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var impostor = TestSeal.With(_station, _seal.Device, _seal.Seal, TestSeal.NewKey(), key, foreign.RawData);

        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => impostor.OpenAsync(_station.Uplink));

        Assert.Equal((HttpStatusCode)0, refused.Status);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task DeviceThatWasNeverEnrolled_IsForbidden_AndRecorded(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var unknown = TestSeal.With(
            _station, $"stranger-{_seal.Device}", _seal.Seal, TestSeal.NewKey(), key, _station.Authority.IssueDevice(TestSeal.Csr(key), $"stranger-{_seal.Device}"));

        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => unknown.OpenAsync(_station.Uplink, path));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        var fact = await _station.WaitForAsync(s => s.Kind == "access.refused" && s.Body["who"].AsText() == $"device:stranger-{_seal.Device}" && s.Body["path"].AsText() == path, "the refusal");
        Assert.Equal(($"device:stranger-{_seal.Device}", path), (fact.Body["who"].AsText(), fact.Body["path"].AsText()));
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task RevokedDevice_IsForbidden(string path)
    {
        await RevokeAsync();

        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => _seal.OpenAsync(_station.Uplink, path));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Revocation_EndsTheLiveLane_AndOutlivesARestart()
    {
        using var lane = await _seal.ConnectAsync(_station);
        await RevokeAsync();
        await lane.ClosedAsync();

        await _station.RestartAsync();

        await Assert.ThrowsAsync<LaneRefusedException>(() => _seal.OpenAsync(_station.Uplink));
    }

    [Fact]
    public async Task PlainRequest_IsForbidden()
    {
        using var client = _station.UplinkClient();

        using var response = await client.GetAsync(new Uri("/uplink/statements", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task HelloOfAnotherDevice_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.OpenAsync(_station.Uplink, path);

        await lane.SendAsync(_seal.Hello() with { Device = "seal-0" });

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
        Assert.StartsWith($"No hello of {_seal.Device}", lane.CloseReason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task HelloOfAnotherVersion_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.OpenAsync(_station.Uplink, path);

        await lane.SendAsync(_seal.Hello() with { Version = 2 });

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task StatementBeforeHello_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.OpenAsync(_station.Uplink, path);

        await lane.SendAsync(_seal.Next());

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Issuer == "device:" + _seal.Device);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task SilentHello_IsCutOff(string path)
    {
        await using var station = await TestStation.StartAsync(("Gateway:Limits:HelloTimeout", "00:00:00.5"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.OpenAsync(station.Uplink, path);

        Assert.Null(await lane.ClosedAsync());
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task SilentSeal_IsCutOff(string path)
    {
        await using var station = await TestStation.StartAsync(("Gateway:Limits:SilenceMax", "00:00:00.5"));
        using var seal = await TestSeal.EnrolAsync(station);
        using var lane = await seal.ConnectAsync(station, path);

        Assert.Null(await lane.ClosedAsync());
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task TextMessage_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.ConnectAsync(_station, path);

        await lane.SendRawAsync("hello"u8.ToArray(), WebSocketMessageType.Text);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task MalformedMessage_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.ConnectAsync(_station, path);

        await lane.SendRawAsync([0x9F, 0x01, 0xFF]);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task MessageOfTheStation_IsAgainstTheContract(string path)
    {
        using var lane = await _seal.ConnectAsync(_station, path);

        await lane.SendAsync(new LiveMessage(true));

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
    }

    [Theory]
    [InlineData("/uplink/statements", 66_561)]
    [InlineData("/uplink/media", (2 * 1024 * 1024) + 1)]
    public async Task OversizedMessage_ClosesThisLane_AndNoOther(string path, int length)
    {
        using var other = await TestSeal.EnrolAsync(_station);
        using var otherLane = await other.ConnectAsync(_station);
        using var lane = await _seal.ConnectAsync(_station, path);

        await lane.SendRawAsync(new byte[length]);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await lane.ClosedAsync());
        await otherLane.AcknowledgedAsync(other.Next());
    }

    [Fact]
    public async Task OneConnectionTooMany_IsClosedBeforeTls()
    {
        await using var station = await TestStation.StartAsync(("Gateway:ConnectionsMax", "1"));
        TestSeal seal;
        TestLane first;
        seal = await TestSeal.EnrolAsync(station);
        Shared.Eventually.Holds(() => TryConnect(seal, station, out first!), "the enrolment's connection was gone");

        var refused = await Assert.ThrowsAsync<LaneRefusedException>(() => seal.OpenAsync(station.Uplink));

        Assert.Equal((HttpStatusCode)0, refused.Status);
        seal.Dispose();
    }

    private static bool TryConnect(TestSeal seal, TestStation station, out TestLane? lane)
    {
        try
        {
            lane = seal.ConnectAsync(station).GetAwaiter().GetResult();
            return true;
        }
        catch (LaneRefusedException)
        {
            lane = null;
            return false;
        }
    }

    private async Task RevokeAsync()
    {
        var written = _station.Writer.Court("device.revoked", _seal.Seal, CborValue.Map(
            ("device", CborValue.Text(_seal.Device)), ("key", CborValue.Bytes(_seal.Key.PublicKey.Thumbprint)), ("reason", CborValue.Text("stolen"))));
        Assert.True((await written.Sequencing).IsSequenced);
    }
}
