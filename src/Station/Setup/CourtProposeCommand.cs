using System.CommandLine;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court propose</c>: makes the document of the next epoch from what courts handed in.</summary>
internal static class CourtProposeCommand
{
    public static Command Create()
    {
        var members = new Option<FileInfo[]>("--members") { Description = "Member documents of all courts of the epoch", Required = true, AllowMultipleArgumentsPerToken = true };
        var liars = new Option<int?>("--liars") { Description = "f: how many courts may lie; default (n-1)/3, never less" };
        var clock = new Option<long?>("--clock-ms") { Description = "How far a batch's time may be from a court's clock; default 300000" };
        var revoked = new Option<string[]>("--revoked") { Description = "Thumbprints of keys that nobody takes any more", AllowMultipleArgumentsPerToken = true };
        var output = CourtCommand.Out("The draft, for every court to look at and approve");
        var command = new Command("propose", "Make the draft of the next epoch") { members, liars, clock, revoked, output };
        CourtCommand.SetWork(command, (parsed, said) =>
        {
            CourtMember[] courts = [.. parsed.GetRequiredValue(members).Select(CourtFiles.ReadMember)];
            RefuseTwice(courts);
            var epoch = Make(new EpochDraft
            {
                Number = 1, Courts = courts, Liars = parsed.GetValue(liars) ?? Quorum.LiarsOf(courts.Length),
                ClockMsMax = parsed.GetValue(clock) ?? 300_000, RevokedKeys = [.. (parsed.GetValue(revoked) ?? []).Select(Thumbprint).Distinct()],
            });
            CourtFiles.Write(parsed.GetRequiredValue(output), epoch.Bytes.Span);
            EpochWords.Write(epoch, said);
            said.WriteLine($"Written to {parsed.GetRequiredValue(output).FullName}. Send it to every court in it; {epoch.Quorum.Needed} approvals are needed.");
        });
        return command;
    }

    private static Epoch Make(EpochDraft draft) => Epoch.TryOf(draft, out var epoch, out var detail)
        ? epoch
        : throw new CourtRefusedException($"These courts make no epoch: {detail}");

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
