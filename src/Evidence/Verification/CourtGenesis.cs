using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Verification;

/// <summary>A court's own account of itself: its name, its log and its keys. The first entry of its log, and what a verifier pins.</summary>
/// <remarks>
/// Signed with the command key that it names, so it proves that its maker holds that key and nothing else: that it is the
/// court's is known only to one who got it, or its <see cref="Fingerprint"/>, by another way. Immutable. Source: docs/formats/roster.md.
/// </remarks>
public sealed class CourtGenesis
{
    /// <summary>The kind of statement.</summary>
    public const string Kind = "court.genesis";

    private const int FingerprintGroups = 12;
    private const int BytesPerGroup = 5;

    private CourtGenesis(Statement statement)
    {
        var body = statement.Body;
        Statement = statement;
        Court = body["court"].AsText();
        CourtEnglish = body.TextOrNull("court_en") ?? Court;
        Code = body["code"].AsText();
        Origin = body["origin"].AsText();
        Epoch = body["epoch"].AsInteger();
        Courts = body["n"].AsInteger();
        Quorum = body["q"].AsInteger();
        LogKey = CoseKey.FromCbor(body["log_key"]);
        CommandKey = CoseKey.FromCbor(body["command_key"]);
        StationKey = CoseKey.FromCbor(body["station_key"]);
        Fingerprint = FingerprintOf(statement.Hash);
    }

    /// <summary>The signed statement.</summary>
    public Statement Statement { get; }

    /// <summary>Name of the court.</summary>
    public string Court { get; }

    /// <summary>Name of the court in English; its own name where it gave none.</summary>
    public string CourtEnglish { get; }

    /// <summary>Code of the court in its case numbers.</summary>
    public string Code { get; }

    /// <summary>Name of its log.</summary>
    public string Origin { get; }

    /// <summary>Number of the set of courts and keys, from 1.</summary>
    public long Epoch { get; }

    /// <summary>Number of courts that cosign, n.</summary>
    public long Courts { get; }

    /// <summary>Cosignatures that make an entry final, q.</summary>
    public long Quorum { get; }

    /// <summary>Signs checkpoints and receipts.</summary>
    public CoseKey LogKey { get; }

    /// <summary>Signs what <c>court:…</c> states.</summary>
    public CoseKey CommandKey { get; }

    /// <summary>Signs what <c>station:…</c> states.</summary>
    public CoseKey StationKey { get; }

    /// <summary>Issuer of the court's statements.</summary>
    public string CourtIssuer => "court:" + Code;

    /// <summary>Issuer of the station's statements.</summary>
    public string StationIssuer => "station:" + Code;

    /// <summary>Twelve groups of five digits, made from the statement's hash, to be read out over the telephone and compared.</summary>
    /// <remarks>About 199 bits: nobody can make another genesis with the same digits.</remarks>
    public string Fingerprint { get; }

    /// <summary>Reads and checks a genesis statement, its own signature too.</summary>
    /// <param name="statement">Parsed; nothing else is trusted.</param>
    /// <param name="genesis">Set when the answer is true.</param>
    /// <param name="detail">What was wrong; empty when the answer is true.</param>
    public static bool TryRead(Statement statement, [NotNullWhen(true)] out CourtGenesis? genesis, out string detail)
    {
        ArgumentNullException.ThrowIfNull(statement);
        genesis = null;
        try
        {
            if (statement.Kind != Kind)
            {
                detail = $"A statement of kind {statement.Kind}, not {Kind}.";
                return false;
            }

            var read = new CourtGenesis(statement);
            detail = read.Fault();
            genesis = detail.Length == 0 ? read : null;
            return genesis is not null;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>Any hash as twelve groups of five digits, for the telephone.</summary>
    public static string FingerprintOf(Digest hash)
    {
        var bytes = hash.ToArray();

        // 60 bytes are wanted where a digest has 32, so it is stretched by hashing it again.
        byte[] stretched = [.. bytes, .. Digest.Of(bytes).ToArray()];
        return string.Join(' ', Enumerable.Range(0, FingerprintGroups).Select(i =>
        {
            var number = 0L;
            foreach (var b in stretched.AsSpan(i * BytesPerGroup, BytesPerGroup))
            {
                number = (number << 8) | b;
            }

            return (number % 100_000).ToString("D5", CultureInfo.InvariantCulture);
        }));
    }

    private string Fault()
    {
        if (Statement.Issuer != CourtIssuer || Statement.Subject != Origin || !NoteKey.IsName(Origin))
        {
            return "Issuer, code, subject and origin do not belong together.";
        }

        if (Epoch < 1 || Courts is < 1 or > CourtRoster.CourtsMax || Quorum != Governance.Quorum.Of((int)Courts).Needed)
        {
            return $"Epoch {Epoch}, n {Courts}, q {Quorum}: q is not floor((n+f)/2)+1.";
        }

        using var key = new VerificationKey(CommandKey);
        var verdict = Statement.Check(key);
        return verdict == StatementVerdict.Valid ? "" : $"Not signed with its own command key: {verdict}.";
    }
}
