using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>Signs real statements in the name of a seal and of a station.</summary>
internal sealed class TestSeal(string number, TimeProvider time)
{
    private static readonly EcdsaSigningKey s_key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly VerificationKey s_trusted = new(s_key.PublicKey);
    private Digest _previous;
    private long _sequence;

    public string Number => number;

    public Fact Says(string kind, params (string Key, CborValue? Value)[] body)
    {
        var fact = Sign($"device:{number}", kind, CborValue.Map(body), new StatementChain(new byte[8], ++_sequence, _previous), null);
        _previous = fact.Statement.Hash;
        return fact;
    }

    public Fact Shows(Fact trigger, byte[] picture, bool thumbnail, long? capturedMs = null) => Sign(
        $"device:{number}", "media.still",
        CborValue.Map(("trigger", CborValue.Bytes(trigger.Statement.Hash)), ("offset_ms", CborValue.Integer(-400)),
            ("captured_ms", capturedMs is { } ms ? CborValue.Integer(ms) : null),
            ("width", CborValue.Integer(320)), ("height", CborValue.Integer(180)), ("thumbnail", CborValue.Boolean(thumbnail))),
        null, new HashedData(Digest.Of(picture), "image/jpeg"));

    public Fact StationSays(string kind, params (string Key, CborValue? Value)[] body) => Sign("station:1", kind, CborValue.Map(body), null, null);

    /// <summary>Signs as the station, or an officer of it, would: never twice the same.</summary>
    public static Statement Sign(string? officer, string kind, string subject, CborValue body) => new StatementDraft
    {
        Issuer = officer is null ? "station:1" : $"officer:{officer}", Subject = subject, Kind = kind, TimeMs = 1_774_000_000_000, Body = body,
    }.Sign(s_key);

    private Fact Sign(string issuer, string kind, CborValue body, StatementChain? chain, HashedData? data)
    {
        var now = time.GetUtcNow();
        var statement = new StatementDraft
        {
            Issuer = issuer, Subject = number, Kind = kind, TimeMs = now.ToUnixTimeMilliseconds(), Chain = chain, Body = body, Data = data,
        }.Sign(s_key);
        Assert.Equal(StatementVerdict.Valid, VerifiedStatement.TryVerify(statement, s_trusted, out var verified));
        return new Fact(verified!, now);
    }
}
