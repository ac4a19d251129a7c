using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Demo;

/// <summary>A seal without a door: enrols, connects by mutual TLS and states what it is told to. Many fit in one process.</summary>
public sealed class DoorlessSeal : IDisposable
{
    private readonly string _device;
    private readonly string _seal;
    private readonly EcdsaSigningKey _key;
    private readonly byte[] _boot = RandomNumberGenerator.GetBytes(StatementChain.BootBytes);
    private readonly UplinkClient _client;
    private UplinkSocket? _lane;
    private long _sequence;
    private Digest _last;

    private DoorlessSeal(string device, string seal, EcdsaSigningKey key, UplinkClient client)
    {
        _device = device;
        _seal = seal;
        _key = key;
        _client = client;
    }

    public static async Task<DoorlessSeal> EnrolAsync(string device, string seal, Uri station, string code, CancellationToken cancellationToken)
    {
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new EcdsaSigningKey(ecdsa);
        var answer = await UplinkClientEnrolment.RunAsync(
            station, UplinkClientCode.TryParse(code)!,
            secret => new EnrolRequest(
                secret, new CertificateRequest($"CN={device}", ecdsa, HashAlgorithmName.SHA256).CreateSigningRequest(), device, key.PublicKey),
            cancellationToken);
        using var issued = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
        var client = new UplinkClient(
            station, issued.CopyWithPrivateKey(ecdsa), X509CertificateLoader.LoadCertificate(answer.Authority.Span), new UplinkLimits(), TimeProvider.System);
        return new DoorlessSeal(device, seal, key, client);
    }

    /// <summary>Opens the statement lane, in place of one that is open, and goes on reading what comes.</summary>
    public async Task ConnectAsync(Action<long> acknowledged, CancellationToken cancellationToken)
    {
        _lane?.Dispose();
        _lane = await _client.ConnectAsync(UplinkClientLane.Statements, cancellationToken);
        await _lane.SendAsync(new HelloMessage(UplinkLimits.Version, _device, _boot, _sequence, "doorless"), cancellationToken);
        _ = ReadAsync(_lane, acknowledged, cancellationToken);
    }

    /// <summary>Signs that the strip is cut; sending it is a second step, so that signing is not timed.</summary>
    public StatementMessage Cut() => State("strip.cut", ("level", CborValue.Integer(3)), ("input", CborValue.Text("strip"))).Message;

    /// <summary>Signs a light touch, which warns nobody.</summary>
    /// <returns>What to send, and the statement's hash, under which its receipt is asked for.</returns>
    public (StatementMessage Message, Digest Hash) Touch() => State(
        "touch.light", ("count", CborValue.Integer(_sequence + 1)), ("peak", CborValue.Integer(2500)), ("duration", CborValue.Integer(20)));

    public ValueTask SendAsync(UplinkMessage message, CancellationToken cancellationToken) => _lane!.SendAsync(message, cancellationToken);

    public void Dispose()
    {
        _lane?.Dispose();
        _client.Dispose();
        _key.Dispose();
    }

    private (StatementMessage Message, Digest Hash) State(string kind, params (string Key, CborValue? Value)[] body)
    {
        var statement = new StatementDraft
        {
            Issuer = $"device:{_device}", Subject = _seal, Kind = kind, TimeMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            Chain = new StatementChain(_boot, ++_sequence, _last), Body = CborValue.Map(body),
        }.Sign(_key);
        _last = statement.Hash;
        return (new StatementMessage(_sequence, statement.Bytes), statement.Hash);
    }

    private static async Task ReadAsync(UplinkSocket lane, Action<long> acknowledged, CancellationToken cancellationToken)
    {
        try
        {
            while (await lane.ReceiveAsync(cancellationToken) is { } message)
            {
                if (message is AckMessage ack)
                {
                    acknowledged(ack.Sequence);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException or IOException)
        {
            // The measurement is over.
        }
    }
}
