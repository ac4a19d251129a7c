using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Statements;

/// <summary>Steps 1 to 9 of docs/formats/statement.md, section 5, in that order.</summary>
internal static class StatementParser
{
    private static readonly long[] s_headerLabels =
    [
        CoseSign1.AlgorithmLabel, StatementLabels.Kid, StatementLabels.Claims, StatementLabels.Type,
        HashedData.AlgorithmLabel, HashedData.ContentTypeLabel, HashedData.LocationLabel,
    ];

    private static readonly long[] s_claimLabels =
    [
        StatementLabels.Issuer, StatementLabels.Subject, StatementLabels.Kind, StatementLabels.TimeMs,
        StatementLabels.Chain, StatementLabels.About,
    ];

    public static StatementVerdict TryParse(ReadOnlySpan<byte> bytes, out Statement? statement, out string detail)
    {
        statement = null;
        try
        {
            statement = Parse(bytes);
            detail = "";
            return StatementVerdict.Valid;
        }
        catch (StatementRefusal refusal)
        {
            detail = refusal.Message;
            return refusal.Verdict;
        }
    }

    private static Statement Parse(ReadOnlySpan<byte> bytes)
    {
        // 1. Length.
        Require(bytes.Length <= Statement.LengthMax, StatementVerdict.TooLong, $"{bytes.Length} bytes; at most {Statement.LengthMax}.");

        // 2. One tagged COSE_Sign1 in the deterministic subset, its header too.
        var cose = Canonical(bytes, out var header);

        // 3. Nothing unsigned travels with it.
        Require(cose.Unprotected.AsMap().Count == 0, StatementVerdict.UnprotectedNotEmpty, "The unprotected header holds something.");

        // 4. Only labels we know: a label that is not understood may change the meaning.
        RequireKnown(header, s_headerLabels, "header");

        // 5. Algorithm.
        Require(
            header.TryGet(CoseSign1.AlgorithmLabel, out var alg) && alg.Kind == CborKind.Integer && alg.AsInteger() == CoseSign1.Es256,
            StatementVerdict.WrongAlgorithm, "Label 1 is not ES256 (-7).");

        // 6. Type.
        Require(
            header.TryGet(StatementLabels.Type, out var type) && type.Kind == CborKind.Text && type.AsText() == Statement.MediaType,
            StatementVerdict.WrongType, $"Label 16 is not {Statement.MediaType}.");

        // 7. Claims.
        Require(
            header.TryGet(StatementLabels.Claims, out var claims) && claims.Kind == CborKind.Map,
            StatementVerdict.ClaimInvalid, "Label 15 is not a map of claims.");
        RequireKnown(claims!, s_claimLabels, "claims");
        Require(
            header.TryGet(StatementLabels.Kid, out var kid) && kid.Kind == CborKind.Bytes && kid.AsBytes().Length == Digest.LengthBytes,
            StatementVerdict.ClaimInvalid, "Label 4 is not a key thumbprint of 32 bytes.");
        Require(
            claims!.TryGet(StatementLabels.TimeMs, out var time) && time.Kind == CborKind.Integer && time.AsInteger() >= 0,
            StatementVerdict.ClaimInvalid, $"Claim {StatementLabels.TimeMs} is not a time in milliseconds.");
        var issuer = Name(claims, StatementLabels.Issuer);
        var subject = Name(claims, StatementLabels.Subject);
        var kind = Name(claims, StatementLabels.Kind);

        // 8. Chain, where the issuer keeps one.
        var chain = Chain(claims);

        // 9. Body, inline or beside the hash of large data.
        var (body, data) = Body(header, claims, cose.Payload);
        return new Statement(
            bytes.ToArray(), cose, new StatementFields(kid!.AsDigest(), issuer, subject, kind, time!.AsInteger(), chain, body, data));
    }

    private static CoseSign1 Canonical(ReadOnlySpan<byte> bytes, out CborValue header)
    {
        try
        {
            var cose = CoseSign1.Parse(bytes);
            header = CborValue.Decode(cose.ProtectedHeader.Span);
            Require(header.Kind == CborKind.Map, StatementVerdict.NotCanonical, "The protected header is not a map.");
            return cose;
        }
        catch (CborRefusedException refused)
        {
            throw new StatementRefusal(StatementVerdict.NotCanonical, refused.Message);
        }
    }

    private static void RequireKnown(CborValue map, long[] known, string place)
    {
        foreach (var (key, _) in map.AsMap())
        {
            Require(
                key.Kind == CborKind.Integer && known.Contains(key.AsInteger()),
                StatementVerdict.UnknownLabel,
                $"Unknown label {(key.Kind == CborKind.Integer ? key.AsInteger() : key.AsText())} in the {place}.");
        }
    }

    private static string Name(CborValue claims, long label)
    {
        Require(
            claims.TryGet(label, out var value) && value.Kind == CborKind.Text
            && value.AsText().Length is > 0 and <= Statement.NameLengthMax && !value.AsText().Any(char.IsControl),
            StatementVerdict.ClaimInvalid, $"Claim {label} is not a text of 1 to {Statement.NameLengthMax} characters.");
        return value!.AsText();
    }

    private static StatementChain? Chain(CborValue claims)
    {
        if (!claims.TryGet(StatementLabels.Chain, out var value))
        {
            return null;
        }

        Require(
            value.Kind == CborKind.Array && value.AsArray() is [{ Kind: CborKind.Bytes } b, { Kind: CborKind.Integer } s, { Kind: CborKind.Bytes } p]
            && b.AsBytes().Length == StatementChain.BootBytes && s.AsInteger() >= 1 && p.AsBytes().Length == Digest.LengthBytes,
            StatementVerdict.ChainInvalid, "The chain is not [boot of 8 bytes, sequence from 1, previous hash of 32 bytes].");
        var parts = value.AsArray();
        var chain = new StatementChain(parts[0].AsBytes(), parts[1].AsInteger(), parts[2].AsDigest());
        Require(
            chain.Sequence == 1 == chain.Previous.IsZero,
            StatementVerdict.ChainInvalid, "The first statement, and only the first, has a previous hash of zeros.");
        return chain;
    }

    private static (CborValue Body, HashedData? Data) Body(CborValue header, CborValue claims, ReadOnlyMemory<byte>? payload)
    {
        Require(payload is not null, StatementVerdict.BodyInvalid, "The payload is detached.");
        var hashed = header.TryGet(HashedData.AlgorithmLabel, out var algorithm);
        var typed = header.TryGet(HashedData.ContentTypeLabel, out var contentType);
        var located = header.TryGet(HashedData.LocationLabel, out var location);
        var about = claims.TryGet(StatementLabels.About, out var aboutMap);
        if (!hashed)
        {
            Require(!typed && !located && !about, StatementVerdict.BodyInvalid, "Labels 259, 260 and -70004 stand only beside label 258.");
            return (InlineBody(payload!.Value.Span), null);
        }

        Require(
            algorithm!.Kind == CborKind.Integer && algorithm.AsInteger() == HashedData.Sha256
            && payload!.Value.Length == Digest.LengthBytes,
            StatementVerdict.BodyInvalid, "Hashed data is SHA-256 (-16), 32 bytes.");
        Require(typed && contentType!.Kind == CborKind.Text, StatementVerdict.BodyInvalid, "Hashed data needs a content type, label 259.");
        Require(!located || location!.Kind == CborKind.Text, StatementVerdict.BodyInvalid, "Label 260 is not a text.");
        Require(!about || aboutMap!.Kind == CborKind.Map, StatementVerdict.BodyInvalid, "Claim -70004 is not a map.");
        return (aboutMap ?? CborValue.EmptyMap,
            new HashedData(new Digest(payload!.Value.Span), contentType!.AsText(), location?.AsText()));
    }

    private static CborValue InlineBody(ReadOnlySpan<byte> payload)
    {
        try
        {
            var body = CborValue.Decode(payload);
            Require(body.Kind == CborKind.Map, StatementVerdict.BodyInvalid, "The body is not a map.");
            return body;
        }
        catch (CborRefusedException refused)
        {
            throw new StatementRefusal(StatementVerdict.BodyInvalid, "In the body: " + refused.Message);
        }
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, StatementVerdict verdict, string detail)
    {
        if (!holds)
        {
            throw new StatementRefusal(verdict, detail);
        }
    }

    /// <summary>Carries a verdict out of the parser; never leaves it.</summary>
    private sealed class StatementRefusal(StatementVerdict verdict, string detail) : Exception(detail)
    {
        public StatementVerdict Verdict { get; } = verdict;
    }
}
