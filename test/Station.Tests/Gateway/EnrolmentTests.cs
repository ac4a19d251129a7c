using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Gateway;

public sealed class EnrolmentTests : IAsyncLifetime
{
    private readonly ECDsa _tls = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly EcdsaSigningKey _key = TestSeal.NewKey();
    private TestStation _station = null!;
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync(("Gateway:EnrolmentFailuresPerMinuteMax", "3"));
        _client = _station.UplinkClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _tls.Dispose();
        _key.Dispose();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task Code_GivesACertificateOfTheCourt_AndWhatTheSealPins()
    {
        using var response = await TestSeal.PostAsync(_client, Request());

        var answer = EnrolAnswer.Decode(await response.Content.ReadAsByteArrayAsync(Stop));
        using var certificate = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
        Assert.Equal("seal-1", _station.Authority.DeviceOf(certificate));
        Assert.Equal(_tls.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(_station.Authority.Der.ToArray(), answer.Authority.ToArray());
        Assert.Equal(_station.Entries()[0].Bytes.ToArray(), answer.Genesis.ToArray());
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(answer.Enrolled.Span, out var enrolled, out _));
        Assert.Equal(TestCourt.Seal(1), enrolled!.Subject);
        Assert.NotNull(_station.Log.Find(enrolled.Hash));
    }

    [Fact]
    public async Task Authority_IsShownToAnybody_AndIsTheOneInTheCode()
    {
        var code = _station.NewCode(TestCourt.Seal(1));

        var der = await _client.GetByteArrayAsync("/uplink/authority", Stop);

        Assert.Equal(code.Split('.')[1], Digest.Of(der).ToString()[..32]);
    }

    [Fact]
    public async Task SameDevice_WhoseAnswerWasLost_EnrolsAgainWithTheSameCode()
    {
        var request = Request();
        using var first = await TestSeal.PostAsync(_client, request);

        using var second = await TestSeal.PostAsync(_client, request);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task UnknownCode_IsForbidden_AndRecorded()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Request() with { Code = "AAAA-BBBB-CCCC" }));

        var refused = await _station.WaitForAsync("access.refused");
        Assert.Equal("device:seal-1", refused.Body["who"].AsText());
    }

    [Fact]
    public async Task UsedCode_InAnotherDevicesHands_IsForbidden()
    {
        var request = Request();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(request));
        using var other = TestSeal.NewKey();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(request with { Device = "seal-2", Key = other.PublicKey }));
    }

    [Fact]
    public async Task ExpiredCode_IsForbidden()
    {
        await using var station = await TestStation.StartAsync(("Gateway:EnrolmentCodeLifetime", "00:00:00"));
        using var client = station.UplinkClient();

        using var response = await TestSeal.PostAsync(client, Request() with { Code = station.NewCode(TestCourt.Seal(1)) });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task KnownDevice_WithAnotherKey_Conflicts()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Request()));
        using var other = TestSeal.NewKey();

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(Request() with { Key = other.PublicKey }));
    }

    [Fact]
    public async Task KeyOfAnotherDevice_Conflicts()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Request()));

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(Request() with { Device = "seal-2" }));
    }

    [Fact]
    public async Task KnownDevice_WithoutACode_IsForbiddenLikeAStranger()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Request()));
        using var other = TestSeal.NewKey();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Request() with { Code = "AAAA-BBBB-CCCC", Key = other.PublicKey }));
    }

    [Fact]
    public async Task MalformedCsr_IsRefused_AndTheCodeStaysGood()
    {
        var request = Request();

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(request with { Csr = new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 } }));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(request));
    }

    [Fact]
    public async Task CsrOfAnRsaKey_IsRefused()
    {
        using var rsa = RSA.Create(2048);
        var csr = new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Request() with { Csr = csr }));
    }

    [Fact]
    public async Task CsrSignedWithAnotherKey_IsRefused()
    {
        var csr = TestSeal.Csr(_tls);
        csr[^1] ^= 1;

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Request() with { Csr = csr }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../seal")]
    [InlineData("a~b")]
    public async Task DeviceId_WithOtherCharacters_IsRefused(string device) =>
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Request() with { Device = device }));

    [Fact]
    public async Task MalformedRequest_IsRefused()
    {
        using var response = await _client.PostAsync(EnrolRequest.Path, new ByteArrayContent([0xFF, 0x00]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task HugeRequest_IsRefused()
    {
        using var response = await _client.PostAsync(EnrolRequest.Path, new ByteArrayContent(new byte[64 * 1024]), Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task WrongCodes_AreThrottled_EvenBeforeAGoodOne()
    {
        var good = Request();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(good with { Code = $"AAAA-BBBB-CCC{i}" }));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(good));
    }

    [Fact]
    public async Task Enrolment_IsNotOnTheConsolePort()
    {
        using var console = await _station.BrowseAsync(null);

        using var response = await TestSeal.PostAsync(console.Http, Request());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Console_IsNotOnTheSealsPort()
    {
        using var response = await _client.GetAsync(new Uri("/api/session", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Stop));
    }

    private EnrolRequest Request() => new(_station.NewCode(TestCourt.Seal(1)), TestSeal.Csr(_tls), "seal-1", _key.PublicKey);

    private async Task<HttpStatusCode> StatusAsync(EnrolRequest request)
    {
        using var response = await TestSeal.PostAsync(_client, request);
        return response.StatusCode;
    }
}
