using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Governance;

/// <summary>One court of an epoch: who it is, where it is reached, and one key for each role.</summary>
/// <remarks>Immutable. No key serves two roles or two courts; the cosigner's keys live in one epoch only. Source: docs/formats/governance.md.</remarks>
public sealed record CourtMember
{
    private const int EndpointLengthMax = 200;

    /// <summary>Code of the court in its case numbers, such as <c>京0108</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Name of the court.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>Name of its log.</summary>
    public required string Origin { get; init; }

    /// <summary>Hash of its <c>court.genesis</c>, the first entry of its log.</summary>
    public required Digest Genesis { get; init; }

    /// <summary>Where other courts reach it: <c>https://host:port</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of its certificate on links between courts.</summary>
    public required Digest LinkKey { get; init; }

    /// <summary>Signs the checkpoints of its own log.</summary>
    public required CoseKey LogKey { get; init; }

    /// <summary>Signs approvals of epochs, seals of logs and all else that <c>court:…</c> states; the command key of its genesis.</summary>
    public required CoseKey ApprovalKey { get; init; }

    /// <summary>Cosigns logs in COSE receipts (ES256).</summary>
    public required CoseKey CosignerKey { get; init; }

    /// <summary>Cosigns logs in C2SP notes: an Ed25519 public key of 32 bytes.</summary>
    public required ReadOnlyMemory<byte> CosignerNoteKey { get; init; }

    /// <summary>Reads a member document and checks all that it can be checked for alone.</summary>
    /// <param name="bytes">Untrusted.</param>
    /// <param name="member">Set when the answer is true.</param>
    /// <param name="detail">What was wrong; empty when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CourtMember? member, out string detail)
    {
        member = null;
        try
        {
            var read = FromCbor(CborValue.Decode(bytes));
            detail = read.Fault();
            member = detail.Length == 0 ? read : null;
            return member is not null;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>The member document, with which a court asks to be named in an epoch.</summary>
    public byte[] Encode() => ToCbor().Encode();

    internal CborValue ToCbor() => CborValue.Map(
        ("code", CborValue.Text(Code)), ("name", CborValue.Text(Name.Zh)), ("name_en", CborValue.Text(Name.En)),
        ("origin", CborValue.Text(Origin)), ("genesis", CborValue.Bytes(Genesis)),
        ("endpoint", CborValue.Text(Endpoint)), ("link_key", CborValue.Bytes(LinkKey)),
        ("log_key", LogKey.ToCbor()), ("approval_key", ApprovalKey.ToCbor()),
        ("cosigner_key", CosignerKey.ToCbor()), ("cosigner_note_key", CborValue.Bytes(CosignerNoteKey.ToArray())));

    /// <exception cref="FormatException">Not of the shape of docs/formats/governance.md.</exception>
    internal static CourtMember FromCbor(CborValue value)
    {
        if (value.AsMap().Count != 11)
        {
            throw new FormatException("A court has exactly eleven members.");
        }

        return new CourtMember
        {
            Code = TextOf(value, "code"), Name = new BilingualText(TextOf(value, "name"), TextOf(value, "name_en")),
            Origin = value["origin"].AsText(), Genesis = value["genesis"].AsDigest(),
            Endpoint = value["endpoint"].AsText(), LinkKey = value["link_key"].AsDigest(),
            LogKey = CoseKey.FromCbor(value["log_key"]), ApprovalKey = CoseKey.FromCbor(value["approval_key"]),
            CosignerKey = CoseKey.FromCbor(value["cosigner_key"]), CosignerNoteKey = value["cosigner_note_key"].AsBytes(),
        };
    }

    /// <summary>What is wrong with this court by itself; empty when nothing is.</summary>
    internal string Fault() =>
        !NoteKey.IsName(Origin) ? $"{Code}: the origin is no name of a log."
        : CosignerNoteKey.Length != Ed25519VerificationKey.LengthBytes ? $"{Code}: the Ed25519 key has {CosignerNoteKey.Length} bytes."
        : Endpoint.Length > EndpointLengthMax || !Endpoint.StartsWith("https://", StringComparison.Ordinal) || Endpoint.Any(c => c <= ' ')
            ? $"{Code}: the endpoint is not https://…"
        : "";

    /// <summary>A name of every key of this court, the same in whatever role the key serves: SHA-256 of its public key as the role writes it down.</summary>
    /// <remarks>Not the thumbprint: of the link's key only the hash of its SubjectPublicKeyInfo is known.</remarks>
    internal IEnumerable<Digest> KeyNames() => [NameOf(LogKey), NameOf(ApprovalKey), LinkKey, .. EpochKeyNames()];

    /// <summary>Names of the keys that live in one epoch only.</summary>
    internal IEnumerable<Digest> EpochKeyNames() => [NameOf(CosignerKey), Digest.Of(CosignerNoteKey.Span)];

    /// <summary>Thumbprints of the keys that sign statements, checkpoints and receipts: what a revocation names.</summary>
    internal IEnumerable<Digest> Thumbprints() => [LogKey.Thumbprint, ApprovalKey.Thumbprint, CosignerKey.Thumbprint];

    private static Digest NameOf(CoseKey key) => Digest.Of(key.ToSubjectPublicKeyInfo());

    private static string TextOf(CborValue value, string key)
    {
        var text = value[key].AsText();
        return text.Length is > 0 and <= 200 && !text.Any(char.IsControl) ? text : throw new FormatException($"{key} has 1 to 200 characters.");
    }
}
