using System.CommandLine;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court adopt</c>: puts an epoch in force at this court once enough courts have approved it.</summary>
internal static class CourtAdoptCommand
{
    public static Command Create(Option<DirectoryInfo> data)
    {
        var draft = new Option<FileInfo?>("--draft") { Description = "The draft" };
        var approvals = new Option<FileInfo[]>("--approvals") { Description = "Approvals of it", AllowMultipleArgumentsPerToken = true };
        var governance = new Option<FileInfo?>("--governance") { Description = "Instead of both: another court's governance log, to join or to catch up" };
        var pin = new Option<string?>("--pin") { Description = "With --governance at a court that has none: hash of an epoch in it, got another way" };
        var command = new Command("adopt", "Put an epoch in force at this court") { data, draft, approvals, governance, pin };
        CourtCommand.SetWork(command, (parsed, said) =>
        {
            var court = OwnCourt.Open(parsed.GetRequiredValue(data));
            var adopted = (parsed.GetValue(draft), parsed.GetValue(governance)) switch
            {
                ({ } file, null) => Approved(court, CourtFiles.ReadEpoch(file), parsed.GetValue(approvals) ?? []),
                (null, { } file) => TakenOver(court, file, parsed.GetValue(pin)),
                _ => throw new CourtRefusedException("Give either --draft with --approvals, or --governance."),
            };
            Adopt(court, adopted, said);
        });
        return command;
    }

    private static void Adopt(OwnCourt court, GovernanceLog adopted, TextWriter said)
    {
        court.RefuseForeignKeys(adopted.Current);
        HeldHeads.RefuseForeignHistory(court, adopted.Current);
        GovernanceFile.Save(court.Folder, adopted);
        said.WriteLine($"Epoch {adopted.Current.Number}, document {adopted.Current.Hash}, is in force at {court.Genesis.Code}: {GovernanceFile.PathOf(court.Folder)}");
        said.WriteLine(adopted.Current.Find(court.Genesis.Origin) is null
            ? "This court is not in it."
            : "A running station takes it up when it is started again.");
    }

    private static GovernanceLog Approved(OwnCourt court, Epoch epoch, IReadOnlyList<FileInfo> files)
    {
        if (court.Governance?.Find(epoch.Hash) is not null)
        {
            return court.Governance;
        }

        Dictionary<Digest, Statement> approvals = [];
        foreach (var file in files)
        {
            foreach (var statement in CourtFiles.ReadStatements(file))
            {
                approvals[statement.Hash] = EpochApproval.Speaks(statement, epoch)
                    ? statement
                    : throw new CourtRefusedException($"{file.FullName} holds {EpochWords.Safe(statement.Issuer)}'s word about another document than {epoch.Hash}.");
            }
        }

        RefuseTooFew(court, epoch, approvals.Values);
        try
        {
            return court.Governance?.Append(epoch, approvals.Values) ?? GovernanceLog.Begin(epoch, approvals.Values);
        }
        catch (ArgumentException refused)
        {
            throw new CourtRefusedException($"Epoch {epoch.Number} is not adopted: {refused.Message}");
        }
    }

    /// <summary>Says who is missing, in the old set and in the new.</summary>
    private static void RefuseTooFew(OwnCourt court, Epoch epoch, IReadOnlyCollection<Statement> approvals)
    {
        foreach (var (set, name) in ((Epoch?, string)[])[(court.Governance?.Current, "in force"), (epoch, "to come")])
        {
            CourtMember[] silent = [.. (set?.Courts ?? []).Where(c => !approvals.Any(a => EpochApproval.IsBy(c, a)))];
            if (set is not null && set.Courts.Count - silent.Length < set.Quorum.Needed)
            {
                throw new CourtRefusedException(
                    $"{set.Courts.Count - silent.Length} of the {set.Quorum.Needed} approvals that the set of courts {name} (epoch {set.Number}) must give. "
                    + $"Not yet approved: {string.Join(", ", silent.Select(c => $"{c.Code} {c.Name.Zh}"))}.");
            }
        }
    }

    private static GovernanceLog TakenOver(OwnCourt court, FileInfo file, string? pin)
    {
        _ = CourtFiles.Read(file);
        var log = GovernanceFile.ReadFrom(file.FullName);
        if (court.Governance is null && (!Digest.TryParseHex(pin, out var hash) || log.Find(hash) is null))
        {
            throw new CourtRefusedException(
                $"Anybody can make a governance log. Ask two of its courts, another way than the file came, for the hash of an epoch, and give it with --pin. This file's: "
                + string.Join(", ", log.Epochs.Select(e => e.Hash)));
        }

        return court.Governance is { } known && known.Epochs.Count > log.Epochs.Count
            ? throw new CourtRefusedException($"{file.FullName} ends with epoch {log.Current.Number}; {court.Genesis.Code} has adopted epoch {known.Current.Number} already.")
            : log;
    }
}
