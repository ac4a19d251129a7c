using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Governance;

/// <summary>A court's word that it agrees to an epoch: a statement of kind <c>governance.approval</c> about the document's hash.</summary>
/// <remarks>Source: docs/formats/governance.md, section 3.</remarks>
public static class EpochApproval
{
    /// <summary>The kind of statement.</summary>
    public const string Kind = "governance.approval";

    /// <summary>What all approvals are about.</summary>
    public const string Subject = "governance";

    /// <summary>Signs an approval.</summary>
    /// <param name="epoch">What is agreed to.</param>
    /// <param name="code">Code of the court that agrees.</param>
    /// <param name="key">Its approval key, of this epoch or of the one before.</param>
    /// <param name="timeMs">Its clock, milliseconds since 1970-01-01 UTC.</param>
    public static Statement Sign(Epoch epoch, string code, SigningKey key, long timeMs)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentNullException.ThrowIfNull(key);
        return new StatementDraft
        {
            Issuer = "court:" + code, Subject = Subject, Kind = Kind, TimeMs = timeMs,
            Body = CborValue.Map(("epoch", CborValue.Integer(epoch.Number)), ("document", CborValue.Bytes(epoch.Hash))),
        }.Sign(key);
    }

    /// <summary>True when the statement is an approval of this very document, whoever signed it.</summary>
    public static bool Speaks(Statement statement, Epoch epoch) =>
        statement.Kind == Kind && statement.Subject == Subject && statement.Body.AsMap().Count == 2
        && statement.Body.IntegerOrNull("epoch") == epoch.Number
        && statement.Body.TryGet("document", out var document) && document.Kind == CborKind.Bytes
        && document.AsBytes().Span.SequenceEqual(epoch.Hash.ToArray());

    /// <summary>True when the statement names this court and the key that it has in this set; its signature is not checked.</summary>
    public static bool IsBy(CourtMember court, Statement statement) =>
        statement.Issuer == "court:" + court.Code && statement.KeyId == court.ApprovalKey.Thumbprint;
}
