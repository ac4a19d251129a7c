using System.CommandLine;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court show</c>: says in words what a file between courts holds.</summary>
internal static class CourtShowCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A member document, a draft, approvals, seals or a governance log" };
        var governance = new Option<FileInfo?>("--governance") { Description = "Governance log in force, such as courts/governance.cbor: says what a draft changes" };
        var command = new Command("show", "Say in words what a file between courts holds") { file, governance };
        CourtCommand.SetWork(command, (parsed, said) => Show(
            parsed.GetRequiredValue(file), parsed.GetValue(governance) is { } log ? GovernanceFile.ReadFrom(log.FullName) : null, said));
        return command;
    }

    private static void Show(FileInfo file, GovernanceLog? inForce, TextWriter said)
    {
        switch (Kind(file))
        {
            case "governance log":
                Write(GovernanceFile.ReadFrom(file.FullName), said);
                break;
            case "draft":
                Write(CourtFiles.ReadEpoch(file), inForce, said);
                break;
            case "member":
                EpochWords.Write(CourtFiles.ReadMember(file), said);
                break;
            default:
                Write(CourtFiles.ReadStatements(file), said);
                break;
        }
    }

    /// <summary>Which of the files it is, by its outermost shape.</summary>
    private static string Kind(FileInfo file)
    {
        try
        {
            var value = CborValue.Decode(CourtFiles.Read(file));
            return value.Kind == CborKind.Map ? value.TryGet("courts", out _) ? "draft" : "member"
                : value.Kind == CborKind.Array && value.AsArray() is [{ Kind: CborKind.Integer }, ..] ? "governance log"
                : "statements";
        }
        catch (FormatException refused)
        {
            throw new CourtRefusedException($"{file.FullName} is no file between courts: {refused.Message}");
        }
    }

    private static void Write(GovernanceLog log, TextWriter said)
    {
        Epoch? before = null;
        foreach (var epoch in log.Epochs)
        {
            EpochWords.Write(epoch, said);
            EpochWords.WriteChanges(before, epoch, said);
            foreach (var approval in log.ApprovalsOf(epoch))
            {
                said.WriteLine($"  approved by {Words(approval)}");
            }

            before = epoch;
        }

        said.WriteLine($"Epoch {log.Current.Number} is the newest; every approval in this file is signed as it must be.");
    }

    private static void Write(Epoch draft, GovernanceLog? inForce, TextWriter said)
    {
        EpochWords.Write(draft, said);
        if (inForce is not null && (draft.Number != inForce.Current.Number + 1 || draft.Previous != inForce.Current.Hash))
        {
            throw new CourtRefusedException($"This draft does not follow epoch {inForce.Current.Number}, which is in force ({inForce.Current.Hash}).");
        }

        EpochWords.WriteChanges(inForce?.Current, draft, said);
        said.WriteLine("A draft: nobody's approval is in this file.");
    }

    private static void Write(IReadOnlyList<Statement> statements, TextWriter said)
    {
        foreach (var statement in statements)
        {
            said.WriteLine(Words(statement));
            said.WriteLine($"  {CborDiagnostic.Format(statement.Body)}");
        }

        said.WriteLine("No signature was checked: \"court adopt\" does that.");
    }

    private static string Words(Statement statement) =>
        $"{EpochWords.Safe(statement.Issuer)} {EpochWords.Safe(statement.Kind)}, key {statement.KeyId}, {Time(statement.TimeMs)}";

    private static string Time(long timeMs) => timeMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? $"{timeMs} ms"
        : $"{DateTimeOffset.FromUnixTimeMilliseconds(timeMs):yyyy-MM-dd HH:mm:ss} UTC";
}
