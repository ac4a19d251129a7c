using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Ledger.Rules;

/// <summary>The entry that a batch begins with where courts watch each other: under which epoch, and when, the owner put it together.</summary>
/// <param name="First">Position of the header itself.</param>
/// <param name="Epoch">Number of the epoch.</param>
/// <param name="Set">Hash of the epoch's document.</param>
/// <param name="FinalSize">Size of the newest final head that the owner knew of; 0 when it knew none.</param>
/// <param name="FinalRoot">Its root; zeros when there is none.</param>
/// <param name="TimeMs">The owner's clock, milliseconds since 1970-01-01 UTC.</param>
/// <remarks>Source: <c>log.batch</c> in docs/formats/kinds.md.</remarks>
public sealed record BatchHeader(long First, long Epoch, Digest Set, long FinalSize, Digest FinalRoot, long TimeMs)
{
    /// <summary>The kind of statement.</summary>
    public const string Kind = "log.batch";

    /// <summary>Reads a statement of this kind.</summary>
    /// <param name="statement">Parsed; nothing else is trusted.</param>
    /// <param name="header">Set when the answer is true.</param>
    /// <returns>False when it is of another kind or another form.</returns>
    public static bool TryRead(Statement statement, [NotNullWhen(true)] out BatchHeader? header)
    {
        ArgumentNullException.ThrowIfNull(statement);
        header = null;
        if (statement.Kind != Kind || statement.Data is not null || statement.Chain is not null)
        {
            return false;
        }

        try
        {
            header = Read(statement.Body, statement.TimeMs);
        }
        catch (FormatException)
        {
            // Null says so.
        }

        return header is not null;
    }

    /// <summary>The body of the statement.</summary>
    public CborValue ToBody() => CborValue.Map(
        ("first", CborValue.Integer(First)), ("epoch", CborValue.Integer(Epoch)), ("set", CborValue.Bytes(Set)),
        ("final_size", FinalSize > 0 ? CborValue.Integer(FinalSize) : null), ("final_root", FinalSize > 0 ? CborValue.Bytes(FinalRoot) : null));

    private static BatchHeader? Read(CborValue body, long timeMs)
    {
        var isFinal = body.TryGet("final_size", out var size);
        var read = new BatchHeader(
            body["first"].AsInteger(), body["epoch"].AsInteger(), body["set"].AsDigest(),
            isFinal ? size!.AsInteger() : 0, isFinal ? body["final_root"].AsDigest() : default, timeMs);
        return body.AsMap().Count == (isFinal ? 5 : 3) && read.First >= 1 && read.Epoch >= 1
            && (!isFinal || (read.FinalSize >= 1 && read.FinalSize <= read.First)) ? read : null;
    }
}
