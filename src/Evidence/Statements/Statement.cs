using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Statements;

/// <summary>A signed fact whose form was checked and whose signature was not: see <see cref="VerifiedStatement"/>.</summary>
/// <remarks>
/// One COSE_Sign1 over deterministic CBOR; its bytes are the wire format, the stored form and the log entry.
/// Immutable, safe for concurrent use. Source: docs/formats/statement.md.
/// </remarks>
public sealed class Statement
{
    /// <summary>Longest statement in bytes: an entry of C2SP tlog-tiles has a 16-bit length.</summary>
    public const int LengthMax = 65_535;

    /// <summary>Longest issuer, subject or kind in characters.</summary>
    public const int NameLengthMax = 200;

    /// <summary>Header label 16, which keeps a signature from being taken for one over something else.</summary>
    public const string MediaType = "application/cinnabar-statement+cose";

    private readonly ReadOnlyMemory<byte> _header;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly ReadOnlyMemory<byte> _signature;

    internal Statement(byte[] bytes, CoseSign1 cose, StatementFields fields)
    {
        Bytes = bytes;
        Hash = Digest.Of(bytes);
        _header = cose.ProtectedHeader;
        _payload = cose.Payload!.Value;
        _signature = cose.Signature;
        KeyId = fields.KeyId;
        Issuer = fields.Issuer;
        Subject = fields.Subject;
        Kind = fields.Kind;
        TimeMs = fields.TimeMs;
        Chain = fields.Chain;
        Body = fields.Body;
        Data = fields.Data;
    }

    /// <summary>The whole COSE_Sign1.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>: the statement's name everywhere.</summary>
    public Digest Hash { get; }

    /// <summary>Thumbprint of the signing key.</summary>
    public Digest KeyId { get; }

    /// <summary>Who states it.</summary>
    public string Issuer { get; }

    /// <summary>What it is about, as a rule a seal number.</summary>
    public string Subject { get; }

    /// <summary>The kind of fact.</summary>
    public string Kind { get; }

    /// <summary>The issuer's clock, milliseconds since 1970-01-01 UTC.</summary>
    public long TimeMs { get; }

    /// <summary>Place in the device's chain, or null.</summary>
    public StatementChain? Chain { get; }

    /// <summary>What the kind has to say; a map.</summary>
    public CborValue Body { get; }

    /// <summary>The large data vouched for, or null.</summary>
    public HashedData? Data { get; }

    /// <summary>Checks steps 1 to 9 of docs/formats/statement.md, section 5.</summary>
    /// <param name="bytes">Copied.</param>
    /// <param name="statement">Set when the verdict is <see cref="StatementVerdict.Valid"/>.</param>
    /// <param name="detail">What was wrong where; empty when valid.</param>
    public static StatementVerdict TryParse(ReadOnlySpan<byte> bytes, out Statement? statement, out string detail) =>
        StatementParser.TryParse(bytes, out statement, out detail);

    /// <summary>Checks steps 10 to 12 of docs/formats/statement.md, section 5.</summary>
    /// <param name="key">The key that the caller trusts for this issuer.</param>
    public StatementVerdict Check(VerificationKey key)
    {
        // 10. The key is the one the statement names.
        if (key.PublicKey.Thumbprint != KeyId)
        {
            return StatementVerdict.KeyMismatch;
        }

        // 11. One signature, one encoding.
        if (!LowS.Holds(_signature.Span))
        {
            return StatementVerdict.SignatureNotLowS;
        }

        // 12. RFC 9052 section 4.4.
        return key.Verify(CoseSign1.ToBeSigned(_header.Span, _payload.Span), _signature.Span)
            ? StatementVerdict.Valid
            : StatementVerdict.SignatureInvalid;
    }
}
