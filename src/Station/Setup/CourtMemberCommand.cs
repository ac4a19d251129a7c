using System.CommandLine;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court member</c>: makes this court's keys for an epoch and writes what it hands in for it.</summary>
internal static class CourtMemberCommand
{
    public static Command Create(Option<DirectoryInfo> data)
    {
        var endpoint = new Option<string>("--endpoint") { Description = "Where other courts reach this one: https://host:port", Required = true };
        var epoch = new Option<long>("--epoch") { Description = "Number of the epoch: 1 to found a set of courts, otherwise one more than is in force", Required = true };
        var output = CourtCommand.Out("The member document, for whoever proposes the epoch");
        var command = new Command("member", "Make this court's keys for an epoch, and write what it hands in") { data, endpoint, epoch, output };
        CourtCommand.SetWork(command, (parsed, said) => Make(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(endpoint), parsed.GetRequiredValue(epoch), parsed.GetRequiredValue(output), said));
        return command;
    }

    private static void Make(DirectoryInfo data, string endpoint, long epoch, FileInfo output, TextWriter said)
    {
        var court = OwnCourt.Open(data);
        if (epoch != court.NextEpoch)
        {
            throw new CourtRefusedException(court.Governance is null
                ? $"{court.Genesis.Code} has adopted no epoch yet, so it can only found one: --epoch 1. To join courts that are there already, adopt their governance log first."
                : $"Epoch {court.NextEpoch - 1} is in force at {court.Genesis.Code}, so the next is {court.NextEpoch}, not {epoch}. If others are ahead, adopt their governance log first.");
        }

        if (!LinkKey.Exists(court.Folder))
        {
            LinkKey.Create(court.Folder);
        }

        CosignerKeys.Create(court.Folder, epoch);
        var member = court.Member(epoch, endpoint);
        CourtFiles.Write(output, member.Encode());
        EpochWords.Write(member, said);
        said.WriteLine($"Written to {output.FullName}. Read the digits out to whoever proposes epoch {epoch}, and keep a copy of keys/ in the safe.");
    }
}
