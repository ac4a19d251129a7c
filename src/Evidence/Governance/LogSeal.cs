using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Governance;

/// <summary>A court's promise to cosign a log no more in an epoch, with the head of it that the court holds: a statement of kind <c>log.sealed</c>.</summary>
/// <remarks>
/// That the promise is durable before it leaves, and kept, is the maker's duty. Immutable, safe for concurrent use.
/// Source: docs/formats/governance.md, section 6; docs/design/ledger.md, "The end of an epoch".
/// </remarks>
public sealed class LogSeal
{
    /// <summary>The kind of statement.</summary>
    public const string Kind = "log.sealed";

    private LogSeal(Statement statement, CourtMember by, LogTerminal head, ReadOnlyMemory<byte> note)
    {
        Statement = statement;
        By = by;
        Head = head;
        Note = note;
    }

    /// <summary>The signed statement.</summary>
    public Statement Statement { get; }

    /// <summary>Who promised, as the epoch names it.</summary>
    public CourtMember By { get; }

    /// <summary>What it holds; size 0 for nothing.</summary>
    public LogTerminal Head { get; }

    /// <summary>The owner's checkpoint of that head; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Note { get; }

    /// <summary>Signs a seal of what a court holds of a log.</summary>
    /// <param name="epoch">The epoch that ends.</param>
    /// <param name="origin">The log.</param>
    /// <param name="note">The owner's checkpoint of the held head, cosignatures or not; empty when nothing is held.</param>
    /// <param name="code">Code of the court that promises.</param>
    /// <param name="key">Its approval key of that epoch.</param>
    /// <param name="timeMs">Its clock, milliseconds since 1970-01-01 UTC.</param>
    /// <exception cref="ArgumentException">The note is no checkpoint of this log.</exception>
    public static Statement Sign(Epoch epoch, string origin, ReadOnlyMemory<byte> note, string code, SigningKey key, long timeMs)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentNullException.ThrowIfNull(key);
        var held = note.IsEmpty ? new Checkpoint(origin, 0, TreeHash.OfEmptyTree)
            : SignedNote.TryParse(note.Span, out var signed) && Checkpoint.TryParse(signed.Text, out var read) && read.Origin == origin ? read
            : throw new ArgumentException($"The note is no checkpoint of {origin}.", nameof(note));
        return new StatementDraft
        {
            Issuer = "court:" + code, Subject = origin, Kind = Kind, TimeMs = timeMs,
            Body = CborValue.Map(
                ("epoch", CborValue.Integer(epoch.Number)), ("set", CborValue.Bytes(epoch.Hash)),
                ("size", CborValue.Integer(held.Size)), ("root", CborValue.Bytes(held.Root)),
                ("note", note.IsEmpty ? null : CborValue.Bytes(note.ToArray()))),
        }.Sign(key);
    }

    /// <summary>Reads and checks a seal, both its own signature and the owner's.</summary>
    /// <param name="statement">Parsed; nothing else is trusted.</param>
    /// <param name="epoch">The epoch that ends.</param>
    /// <param name="seal">Set when the answer is true.</param>
    /// <param name="detail">What was wrong; empty when the answer is true.</param>
    public static bool TryRead(Statement statement, Epoch epoch, [NotNullWhen(true)] out LogSeal? seal, out string detail)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(epoch);
        seal = null;
        try
        {
            var read = Read(statement, epoch);
            detail = read.Fault(epoch);
            seal = detail.Length == 0 ? read : null;
            return seal is not null;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    private static LogSeal Read(Statement statement, Epoch epoch)
    {
        var body = statement.Body;
        var by = epoch.Courts.FirstOrDefault(c => EpochApproval.IsBy(c, statement));
        if (statement.Kind != Kind || by is null)
        {
            throw new FormatException($"Not a {Kind} of a court of epoch {epoch.Number} under its approval key of that epoch.");
        }

        if (body["epoch"].AsInteger() != epoch.Number || body["set"].AsDigest() != epoch.Hash)
        {
            throw new FormatException($"A seal of another epoch than {epoch.Number}, {epoch.Hash}.");
        }

        var note = body.TryGet("note", out var bytes) ? bytes.AsBytes() : default;
        return body.AsMap().Count == (note.IsEmpty ? 4 : 5)
            ? new LogSeal(statement, by, new LogTerminal(statement.Subject, body["size"].AsInteger(), body["root"].AsDigest()), note)
            : throw new FormatException("A seal's body has epoch, set, size, root, and a note unless nothing is held.");
    }

    private string Fault(Epoch epoch)
    {
        using var court = new VerificationKey(By.ApprovalKey);
        if (Statement.Check(court) is not StatementVerdict.Valid and var verdict)
        {
            return $"Not signed by {By.Code}: {verdict}.";
        }

        if (epoch.Find(Head.Origin) is not { } owner)
        {
            return $"{Head.Origin} is no log of epoch {epoch.Number}.";
        }

        if (Note.IsEmpty)
        {
            return Head.Size == 0 && Head.Root == TreeHash.OfEmptyTree ? "" : $"A head of {Head.Size} entries without its owner's checkpoint.";
        }

        using var key = new VerificationKey(owner.LogKey);
        var signed = CheckpointVerifier.Verify(Note.Span, Head.Origin, [new NoteKey(Head.Origin, key)], out var checkpoint);
        return signed != CheckpointVerdict.Valid ? $"The checkpoint of {Head.Origin} is not its owner's: {signed}."
            : checkpoint!.Size != Head.Size || checkpoint.Root != Head.Root || Head.Size == 0 ? "The checkpoint is of another head than the seal."
            : "";
    }
}
