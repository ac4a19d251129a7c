using System.CommandLine;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court approve</c>: signs this court's word that it agrees to a draft, for one draft of an epoch only.</summary>
internal static class CourtApproveCommand
{
    public static Command Create(Option<DirectoryInfo> data, TimeProvider time)
    {
        var draft = new Option<FileInfo>("--draft") { Description = "The draft", Required = true };
        var oldKey = new Option<FileInfo?>("--old-key") { Description = "PEM of the approval key that the epoch in force names, where it is another than keys/court.pem" };
        var instead = new Option<string[]>("--instead-of") { Description = "Documents that this court approved for the same epoch and that will never be adopted", AllowMultipleArgumentsPerToken = true };
        var output = CourtCommand.Out("The approval, for whoever collects them");
        var command = new Command("approve", "Agree to a draft with this court's key") { data, draft, oldKey, instead, output };
        CourtCommand.SetWork(command, (parsed, said) =>
        {
            var court = OwnCourt.Open(parsed.GetRequiredValue(data));
            var epoch = CourtFiles.ReadEpoch(parsed.GetRequiredValue(draft));
            RefuseOutOfSequence(court, epoch);
            court.RefuseForeignKeys(epoch);
            HeldHeads.RefuseForeignHistory(court, epoch);
            EpochWords.Write(epoch, said);
            EpochWords.WriteChanges(court.Governance?.Current, epoch, said);
            var approvals = Sign(court, epoch, parsed.GetValue(oldKey), time.GetUtcNow().ToUnixTimeMilliseconds());
            new ApprovedDrafts(court.Folder).Keep(epoch, parsed.GetValue(instead) ?? []);
            CourtFiles.Write(parsed.GetRequiredValue(output), CourtFiles.EncodeStatements(approvals));
            said.WriteLine($"{court.Genesis.Code} approves document {epoch.Hash}: {parsed.GetRequiredValue(output).FullName}, {approvals.Count} signature(s).");
        });
        return command;
    }

    private static void RefuseOutOfSequence(OwnCourt court, Epoch epoch)
    {
        if (epoch.Number != court.NextEpoch || epoch.Previous != (court.Governance?.Current.Hash ?? default))
        {
            throw new CourtRefusedException(court.Governance is { Current: var current }
                ? $"The draft is epoch {epoch.Number} after {epoch.Previous}; in force here is epoch {current.Number}, {current.Hash}. Adopt what is missing, or ask for a new draft."
                : $"The draft is epoch {epoch.Number} and this court has adopted none. Adopt the other courts' governance log first.");
        }
    }

    /// <summary>One signature with the key of either set; two where the key changes between them.</summary>
    private static List<Statement> Sign(OwnCourt court, Epoch epoch, FileInfo? oldKeyFile, long timeMs)
    {
        using var keys = StationKeys.Open(court.Folder);
        using var oldKey = oldKeyFile is null ? null : KeyFile.ReadSigner(oldKeyFile.FullName);
        CourtMember[] named = [.. new[] { court.Governance?.Current, epoch }.SelectMany(e => e?.Courts ?? []).Where(c => c.Code == court.Genesis.Code)];
        List<Statement> approvals =
        [
            .. new SigningKey?[] { keys.Court, oldKey }.OfType<SigningKey>()
                .Where(k => named.Any(c => c.ApprovalKey.Equals(k.PublicKey)))
                .Select(k => EpochApproval.Sign(epoch, court.Genesis.Code, k, timeMs)),
        ];
        return approvals.Count > 0
            ? approvals
            : throw new CourtRefusedException($"Neither the epoch in force nor the draft names {court.Genesis.Code} with the key of {keys.PathOf("court")}, so its approval counts nowhere.");
    }
}
