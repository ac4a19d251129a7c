using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;

namespace Cinnabar.Bench;

/// <summary>Signed statements of about 500 bytes from many device keys, made before the clock starts, and the policy that checks them.</summary>
internal sealed class LedgerLoad : IDisposable
{
    private const string Subject = "SEAL-2026-000123";

    private readonly EcdsaSigningKey[] _devices;
    private readonly Dictionary<Digest, VerificationKey> _keys;
    private long _sequence;

    public LedgerLoad(int deviceCount)
    {
        _devices = [.. Enumerable.Range(0, deviceCount).Select(_ => new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)))];
        _keys = _devices.ToDictionary(device => device.PublicKey.Thumbprint, device => new VerificationKey(device.PublicKey));
    }

    public IReadOnlyCollection<VerificationKey> Keys => _keys.Values;

    /// <summary>Every statement is a new one; devices take turns.</summary>
    public byte[][] Make(int count)
    {
        var first = _sequence;
        _sequence += count;
        var statements = new byte[count][];
        Parallel.For(0, count, i => statements[i] = Make(first + i));
        // What making them left behind is the load generator's to clean up, not the log's.
        GC.Collect();
        return statements;
    }

    /// <summary>What a station does to every statement: strict parse, cached key, ES256.</summary>
    public EntryRefusal? Check(ReadOnlyMemory<byte> entry)
    {
        var verdict = Statement.TryParse(entry.Span, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            return new EntryRefusal((int)verdict, detail);
        }
        if (!_keys.TryGetValue(statement!.KeyId, out var key))
        {
            return new EntryRefusal((int)StatementVerdict.KeyMismatch, "The key is not enrolled.");
        }
        verdict = statement.Check(key);
        return verdict == StatementVerdict.Valid ? null : new EntryRefusal((int)verdict, "The signature does not verify.");
    }

    public void Dispose()
    {
        foreach (var device in _devices)
        {
            device.Dispose();
        }
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private byte[] Make(long number)
    {
        var device = number % _devices.Length;
        var draft = new StatementDraft
        {
            Issuer = $"device:{device:d8}",
            Subject = Subject,
            Kind = "seal.heartbeat",
            TimeMs = 1_780_000_000_000 + number,
            Chain = new StatementChain(new byte[StatementChain.BootBytes], (number / _devices.Length) + 2, Digest.Of(BitConverter.GetBytes(number))),
            Body = CborValue.Map(("readings", CborValue.Bytes(new byte[190])), ("battery", CborValue.Integer(87))),
        };
        return draft.Sign(_devices[device]).Bytes.ToArray();
    }
}
