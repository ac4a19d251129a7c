using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>A mirror's answer as HTTP says it, written and read in one place. Source: docs/formats/court-link.md, section 3.</summary>
internal static class MirrorHttp
{
    private static readonly (MirrorVerdict Verdict, int Status)[] s_statuses =
    [
        (MirrorVerdict.Cosigned, 200), (MirrorVerdict.Held, 202), (MirrorVerdict.Malformed, 400), (MirrorVerdict.NotTheOwners, 403), (MirrorVerdict.OtherSize, 409),
        (MirrorVerdict.EntryRefused, 422), (MirrorVerdict.Frozen, 423), (MirrorVerdict.Halted, 503),

        // Told apart by their sentences only: the owner does the same in both cases.
        (MirrorVerdict.RootMismatch, 422), (MirrorVerdict.Sealed, 423),
    ];

    /// <summary>Status and body of an answer.</summary>
    public static (int Status, string ContentType, string Body) Write(MirrorAnswer answer) =>
        (s_statuses.First(s => s.Verdict == answer.Verdict).Status,
        answer.Verdict == MirrorVerdict.OtherSize ? "text/x.tlog.size" : "text/plain; charset=utf-8",
        answer.Verdict switch
        {
            MirrorVerdict.Cosigned => Lines(answer.Lines),
            MirrorVerdict.OtherSize => string.Create(CultureInfo.InvariantCulture, $"{answer.HeldSize}\n"),
            _ => answer.Sentence + "\n",
        });

    /// <summary>Reads an answer; null for one that no mirror gives.</summary>
    public static MirrorAnswer? Read(int status, string? heldSize, string body)
    {
        if (s_statuses.FirstOrDefault(s => s.Status == status) is not { Status: > 0 } known
            || !long.TryParse(heldSize, NumberStyles.None, CultureInfo.InvariantCulture, out var held))
        {
            return null;
        }

        if (known.Verdict != MirrorVerdict.Cosigned)
        {
            return new MirrorAnswer(known.Verdict, held, [], known.Verdict == MirrorVerdict.OtherSize ? "" : body.Trim());
        }

        return SignedNote.TryParse(Encoding.UTF8.GetBytes("-\n\n" + body), out var note) ? new MirrorAnswer(known.Verdict, held, note.Signatures, "") : null;
    }

    /// <summary>The signature lines alone, as C2SP tlog-witness answers them.</summary>
    private static string Lines(IReadOnlyList<NoteSignature> lines) => Encoding.UTF8.GetString(SignedNote.Encode("\n", lines))[2..];
}
