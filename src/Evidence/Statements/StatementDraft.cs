using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Statements;

/// <summary>A statement before it is signed.</summary>
public sealed record StatementDraft
{
    /// <summary>Who states it: <c>device:…</c>, <c>court:…</c>, <c>station:…</c> or <c>officer:…</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>What it is about: a seal number, or the name of the log for facts about the court itself.</summary>
    public required string Subject { get; init; }

    /// <summary>The kind of fact, from docs/formats/kinds.md.</summary>
    public required string Kind { get; init; }

    /// <summary>The issuer's own clock, milliseconds since 1970-01-01 UTC. Evidence of the clock, never of order.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The place in the device's chain; null for issuers that keep none.</summary>
    public StatementChain? Chain { get; init; }

    /// <summary>What the kind has to say; text keys, docs/formats/kinds.md.</summary>
    public CborValue Body { get; init; } = CborValue.EmptyMap;

    /// <summary>The large data this statement vouches for, or null.</summary>
    public HashedData? Data { get; init; }

    /// <summary>Signs the draft.</summary>
    /// <returns>The statement as it is sent, stored and hashed; its own <see cref="Statement.Bytes"/> parse back to it.</returns>
    /// <exception cref="ArgumentException">A member is out of the range docs/formats/statement.md gives.</exception>
    public Statement Sign(SigningKey key)
    {
        var header = Header(key.PublicKey.Thumbprint).Encode();
        var payload = Data is null ? Body.Encode() : Data.Digest.ToArray();
        var signature = key.Sign(CoseSign1.ToBeSigned(header, payload));
        var bytes = CoseSign1.Encode(header, CborValue.EmptyMap, payload, signature);
        var verdict = Statement.TryParse(bytes, out var statement, out var detail);
        return verdict == StatementVerdict.Valid ? statement! : throw new ArgumentException($"{verdict}: {detail}");
    }

    private CborValue Header(Digest kid) => CborValue.Map(
        (CoseSign1.AlgorithmLabel, CborValue.Integer(CoseSign1.Es256)),
        (StatementLabels.Kid, CborValue.Bytes(kid)),
        (StatementLabels.Claims, Claims()),
        (StatementLabels.Type, CborValue.Text(Statement.MediaType)),
        (HashedData.AlgorithmLabel, Data is null ? null : CborValue.Integer(HashedData.Sha256)),
        (HashedData.ContentTypeLabel, Data is null ? null : CborValue.Text(Data.ContentType)),
        (HashedData.LocationLabel, Data?.Location is null ? null : CborValue.Text(Data.Location)));

    private CborValue Claims() => CborValue.Map(
        (StatementLabels.Issuer, CborValue.Text(Issuer)),
        (StatementLabels.Subject, CborValue.Text(Subject)),
        (StatementLabels.Kind, CborValue.Text(Kind)),
        (StatementLabels.TimeMs, CborValue.Integer(TimeMs)),
        (StatementLabels.Chain, Chain is null ? null : CborValue.Array(
            CborValue.Bytes(Chain.Boot.ToArray()), CborValue.Integer(Chain.Sequence), CborValue.Bytes(Chain.Previous))),
        (StatementLabels.About, Data is null || Body.AsMap().Count == 0 ? null : Body));
}
