using System.CommandLine;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court propose</c>: makes the document of the next epoch from what courts handed in.</summary>
internal static class CourtProposeCommand
{
    private const long ClockMsDefault = 300_000;

    public static Command Create()
    {
        var members = new Option<FileInfo[]>("--members") { Description = "Member documents of all courts of the epoch", Required = true, AllowMultipleArgumentsPerToken = true };
        var governance = new Option<FileInfo?>("--governance") { Description = "Governance log in force, such as courts/governance.cbor; without it the draft founds a set" };
        var seals = new Option<FileInfo[]>("--seals") { Description = "With --governance: seals of its logs by q of its courts", AllowMultipleArgumentsPerToken = true };
        var liars = new Option<int?>("--liars") { Description = "f: how many courts may lie; default (n-1)/3, never less" };
        var clock = new Option<long?>("--clock-ms") { Description = "How far a batch's time may be from a court's clock; default as before, at first 300000" };
        var revoked = new Option<string[]>("--revoked") { Description = "Thumbprints of keys that nobody takes any more, beside those revoked before", AllowMultipleArgumentsPerToken = true };
        var output = CourtCommand.Out("The draft, for every court to look at and approve");
        var command = new Command("propose", "Make the draft of the next epoch") { members, governance, seals, liars, clock, revoked, output };
        CourtCommand.SetWork(command, (parsed, said) =>
        {
            CourtMember[] courts = [.. parsed.GetRequiredValue(members).Select(CourtFiles.ReadMember)];
            RefuseTwice(courts);
            var log = parsed.GetValue(governance) is { } file ? GovernanceFile.ReadFrom(file.FullName) : null;
            var draft = new EpochDraft
            {
                Number = 1, Courts = courts, Liars = parsed.GetValue(liars) ?? Quorum.LiarsOf(courts.Length),
                ClockMsMax = parsed.GetValue(clock) ?? log?.Current.ClockMsMax ?? ClockMsDefault,
                RevokedKeys = [.. (parsed.GetValue(revoked) ?? []).Select(Thumbprint).Concat(log?.Current.RevokedKeys ?? []).Distinct()],
            };
            var epoch = Make(log is null ? draft : Follow(log, draft, parsed.GetValue(seals) ?? []));
            CourtFiles.Write(parsed.GetRequiredValue(output), epoch.Bytes.Span);
            Say(epoch, log, parsed.GetRequiredValue(output), said);
        });
        return command;
    }

    private static void Say(Epoch epoch, GovernanceLog? log, FileInfo output, TextWriter said)
    {
        EpochWords.Write(epoch, said);
        EpochWords.WriteChanges(log?.Current, epoch, said);
        said.WriteLine($"Written to {output.FullName}. Send it to every court in it{(log is null ? "" : " and in the epoch in force")}; "
            + $"{epoch.Quorum.Needed} approvals are needed{(log is null ? "" : $", and {log.Current.Quorum.Needed} of the courts in force")}.");
    }

    private static Epoch Make(EpochDraft draft) => Epoch.TryOf(draft, out var epoch, out var detail)
        ? epoch
        : throw new CourtRefusedException($"These courts make no epoch: {detail}");

    /// <summary>The draft as the epoch after the one in force: where it takes over each log that goes on.</summary>
    private static EpochDraft Follow(GovernanceLog log, EpochDraft draft, IReadOnlyList<FileInfo> sealFiles)
    {
        foreach (var court in draft.Courts)
        {
            RefuseOldKeys(log, court);
            RefuseReplacedLog(log.Current, court);
        }

        LogSeal[] seals = [.. sealFiles.SelectMany(file => CourtFiles.ReadStatements(file).Select(s => LogSeal.TryRead(s, log.Current, out var seal, out var detail)
            ? seal
            : throw new CourtRefusedException($"{file.FullName}: the seal of {EpochWords.Safe(s.Subject)} by {EpochWords.Safe(s.Issuer)} is refused: {detail}")))];
        return draft with
        {
            Number = log.Current.Number + 1, Previous = log.Current.Hash,
            Logs = [.. draft.Courts.Where(c => log.Current.Find(c.Origin) is not null).Select(c => Terminal(log.Current, c, seals)).OfType<LogTerminal>()],
        };
    }

    private static LogTerminal? Terminal(Epoch ended, CourtMember court, IReadOnlyList<LogSeal> seals) =>
        EpochEnd.TryFind(ended, court.Origin, seals, out var terminal, out var detail)
            ? terminal
            : throw new CourtRefusedException($"{court.Code} cannot go on with its log: {detail}");

    private static void RefuseOldKeys(GovernanceLog log, CourtMember court)
    {
        var used = log.Epochs.FirstOrDefault(e => e.Courts.Any(c =>
            c.CosignerKey.Equals(court.CosignerKey) || c.CosignerNoteKey.Span.SequenceEqual(court.CosignerNoteKey.Span)));
        if (used is not null)
        {
            throw new CourtRefusedException(
                $"{court.Code} hands in a cosigner's key of epoch {used.Number}; it lives in one epoch only. Ask it for: court member --epoch {log.Current.Number + 1}");
        }
    }

    /// <summary>A log is its first entry and its key: another one under the old name would be a second history.</summary>
    private static void RefuseReplacedLog(Epoch inForce, CourtMember court)
    {
        if (inForce.Find(court.Origin) is { } old && (old.Genesis != court.Genesis || !old.LogKey.Equals(court.LogKey)))
        {
            throw new CourtRefusedException(
                $"{court.Code} hands in {court.Origin} with another genesis or log key than epoch {inForce.Number} has. A log that is lost or forked is not replaced under its name: "
                + "set up a new folder with \"init\" and a new origin, and hand that in.");
        }
    }

    private static void RefuseTwice(IReadOnlyList<CourtMember> courts)
    {
        foreach (var twice in courts.GroupBy(c => c.Origin, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            throw new CourtRefusedException($"{twice.First().Code} with {twice.Key} stands in {twice.Count()} of the member documents. Give each court's newest one only.");
        }
    }

    private static Digest Thumbprint(string hex) => Digest.TryParseHex(hex, out var digest)
        ? digest
        : throw new CourtRefusedException($"\"{hex}\" is no thumbprint of a key: 64 hexadecimal digits, as \"court show\" prints them.");
}
