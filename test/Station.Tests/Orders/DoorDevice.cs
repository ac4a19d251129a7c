using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>A seal's key and chain, speaking where the gateway would hand its statements in.</summary>
internal sealed class DoorDevice : IDisposable
{
    private readonly EcdsaSigningKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly IServiceProvider _station;
    private readonly string _seal;
    private readonly byte[] _boot = new byte[8];
    private Digest _previous;
    private long _sequence;

    private DoorDevice(IServiceProvider station, string device, string seal)
    {
        (_station, Id, _seal) = (station, device, seal);
    }

    public string Id { get; }

    /// <summary>Enrols a device as the gateway does after a right code.</summary>
    public static async Task<DoorDevice> EnrolAsync(IServiceProvider station, string device, string seal)
    {
        var door = new DoorDevice(station, device, seal);
        var written = station.GetRequiredService<FactWriter>().Court("device.enrolled", seal, CborValue.Map(
            ("device", CborValue.Text(device)), ("key", door._key.PublicKey.ToCbor()), ("csr", CborValue.Bytes(default(Digest)))));
        Assert.True((await written.Sequencing).IsSequenced);
        return door;
    }

    public async Task<Statement> StateAsync(string kind, CborValue? body = null, HashedData? data = null, bool sequence = true)
    {
        var statement = new StatementDraft
        {
            Issuer = $"device:{Id}", Subject = _seal, Kind = kind, TimeMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            Chain = new StatementChain(_boot, ++_sequence, _previous), Body = body ?? CborValue.EmptyMap, Data = data,
        }.Sign(_key);
        _previous = statement.Hash;
        Assert.Equal(StatementVerdict.Valid, _station.GetRequiredService<KeyRegister>().TryVerify(statement, out var verified, out _));
        var fact = new Fact(verified!, DateTimeOffset.UtcNow);
        if (sequence)
        {
            AppendResult result = await _station.GetRequiredService<FactIntake>().SubmitAsync(fact, CancellationToken.None);
            Assert.True(result.IsSequenced);
        }
        else
        {
            await _station.GetRequiredService<ReceivedFeed>().PublishAsync(new FactReceived(fact), CancellationToken.None);
        }

        return statement;
    }

    public ValueTask BeatAsync() => _station.GetRequiredService<ReceivedFeed>().PublishAsync(
        new HeartbeatReceived(Id, _seal, CborValue.Map(("battery", CborValue.Integer(87)), ("mains", CborValue.Boolean(true))), DateTimeOffset.UtcNow), CancellationToken.None);

    public void Dispose() => _key.Dispose();
}
