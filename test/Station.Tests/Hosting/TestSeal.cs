using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>A seal that a test leads by the hand: its own keys, a real enrolment, its own chain.</summary>
internal sealed class TestSeal : IDisposable
{
    private readonly Func<X509Certificate, bool> _trust;
    private readonly ECDsa _tlsKey;
    private readonly X509Certificate2 _certificate;

    private TestSeal(string device, string seal, EcdsaSigningKey key, ECDsa tlsKey, X509Certificate2 certificate, Func<X509Certificate, bool> trust)
    {
        (Device, Seal, Key, _tlsKey, _certificate, _trust) = (device, seal, key, tlsKey, certificate, trust);
    }

    public string Device { get; }

    public string Seal { get; }

    public EcdsaSigningKey Key { get; }

    public byte[] Boot { get; private set; } = RandomNumberGenerator.GetBytes(8);

    public long Sequence { get; private set; }

    public Digest Previous { get; private set; }

    /// <summary>Makes keys, a code, a request, and takes the court's answer.</summary>
    public static async Task<TestSeal> EnrolAsync(TestStation station)
    {
        var number = station.NextSeal();
        var (device, seal) = ($"seal-{number}", TestCourt.Seal(number));
        var key = NewKey();
        var tlsKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = station.UplinkClient();
        using var response = await PostAsync(client, new EnrolRequest(station.NewCode(seal), Csr(tlsKey), device, key.PublicKey));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = EnrolAnswer.Decode(await response.Content.ReadAsByteArrayAsync());
        return With(station, device, seal, key, tlsKey, answer.Certificate.Span);
    }

    /// <summary>A seal with a certificate that the test chose.</summary>
    public static TestSeal With(
        TestStation station, string device, string seal, EcdsaSigningKey key, ECDsa tlsKey, ReadOnlySpan<byte> certificate)
    {
        using var issued = X509CertificateLoader.LoadCertificate(certificate);
        return new TestSeal(device, seal, key, tlsKey, issued.CopyWithPrivateKey(tlsKey), station.IsOurs);
    }

    public static EcdsaSigningKey NewKey() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static byte[] Csr(ECDsa key) => new CertificateRequest("CN=asked", key, HashAlgorithmName.SHA256).CreateSigningRequest();

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, EnrolRequest request) =>
        client.PostAsync(EnrolRequest.Path, new ByteArrayContent(request.Encode()));

    /// <summary>The next statement of the chain.</summary>
    public Statement Next(string kind = "touch.light", CborValue? body = null, long? timeMs = null, HashedData? data = null)
    {
        var statement = Draft(kind, body, timeMs, data).Sign(Key);
        Advance(statement);
        return statement;
    }

    /// <summary>The next statement before it is signed, for a test to spoil.</summary>
    public StatementDraft Draft(string kind = "touch.light", CborValue? body = null, long? timeMs = null, HashedData? data = null) => new()
    {
        Issuer = "device:" + Device, Subject = Seal, Kind = kind, TimeMs = timeMs ?? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        Chain = new StatementChain(Boot, Sequence + 1, Previous), Body = body ?? CborValue.Map(("count", CborValue.Integer(Sequence + 1))), Data = data,
    };

    /// <summary>Goes on behind a statement.</summary>
    public void Advance(Statement statement)
    {
        Sequence = statement.Chain!.Sequence;
        Previous = statement.Hash;
    }

    /// <summary>The program starts anew.</summary>
    public void Reboot(byte[]? boot = null) => Boot = boot ?? RandomNumberGenerator.GetBytes(8);

    /// <summary>Opens a lane and says nothing.</summary>
    public async Task<TestLane> OpenAsync(Uri uplink, string path = "/uplink/statements", bool withCertificate = true)
    {
        var web = new ClientWebSocket();
        web.Options.CollectHttpResponseDetails = true;
        web.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => _trust(certificate!);
        if (withCertificate)
        {
            web.Options.ClientCertificates.Add(_certificate);
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await web.ConnectAsync(new UriBuilder(uplink) { Scheme = "wss", Path = path }.Uri, deadline.Token);
            return new TestLane(web);
        }
        catch (WebSocketException e)
        {
            var status = web.HttpStatusCode;
            web.Dispose();
            throw new LaneRefusedException(status, e);
        }
    }

    /// <summary>Opens a lane and is welcomed.</summary>
    public async Task<TestLane> ConnectAsync(TestStation station, string path = "/uplink/statements")
    {
        var lane = await OpenAsync(station.Uplink, path);
        await lane.SendAsync(Hello());
        lane.Welcome = await lane.ReceiveAsync<WelcomeMessage>();
        return lane;
    }

    public HelloMessage Hello() => new(UplinkLimits.Version, Device, Boot, Sequence, "test/1");

    public void Dispose()
    {
        Key.Dispose();
        _tlsKey.Dispose();
        _certificate.Dispose();
    }
}
