using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary>The court of a data folder, as other courts know it: by its genesis, its keys and the epochs it has adopted.</summary>
internal sealed class OwnCourt
{
    private OwnCourt(string folder, CourtGenesis genesis)
    {
        Folder = folder;
        Genesis = genesis;
        Governance = GovernanceFile.Read(folder);
    }

    public string Folder { get; }

    public CourtGenesis Genesis { get; }

    /// <summary>Null until this court has adopted its first epoch.</summary>
    public GovernanceLog? Governance { get; }

    /// <summary>The number of the epoch that comes next.</summary>
    public long NextEpoch => (Governance?.Current.Number ?? 0) + 1;

    /// <exception cref="CourtRefusedException">The folder is not one that <c>init</c> made.</exception>
    public static OwnCourt Open(DirectoryInfo data)
    {
        if (!File.Exists(Path.Combine(data.FullName, InitCommand.IdentityFile)))
        {
            throw new CourtRefusedException($"{data.FullName} is no court's data folder. Make one with: cinnabar-station init --data {data.FullName}");
        }

        return CourtGenesis.TryRead(GenesisFile.Read(data.FullName).Statement, out var genesis, out var detail)
            ? new OwnCourt(data.FullName, genesis)
            : throw new CourtRefusedException($"The genesis of {data.FullName} is refused: {detail}");
    }

    /// <summary>What this court hands in for an epoch; its link and cosigner's keys must be there.</summary>
    /// <exception cref="CourtRefusedException">The endpoint or another member is not as an epoch wants it.</exception>
    public CourtMember Member(long epoch, string endpoint)
    {
        using var keys = StationKeys.Open(Folder);
        if (!keys.Log.PublicKey.Equals(Genesis.LogKey) || !keys.Court.PublicKey.Equals(Genesis.CommandKey))
        {
            throw new CourtRefusedException(
                $"{keys.PathOf("log")} and {keys.PathOf("court")} are not the keys that the genesis of {Genesis.Origin} names. They do not change while the log lives: "
                + "bring the old ones back from the safe, or set up a new folder with \"init\" and a new origin.");
        }

        using var link = LinkKey.Open(Folder);
        using var cosigner = CosignerKeys.Open(Folder, epoch);
        var member = new CourtMember
        {
            Code = Genesis.Code, Name = new BilingualText(Genesis.Court, Genesis.CourtEnglish), Origin = Genesis.Origin,
            Genesis = Genesis.Statement.Hash, Endpoint = endpoint, LinkKey = link.Digest,
            LogKey = keys.Log.PublicKey, ApprovalKey = keys.Court.PublicKey,
            CosignerKey = cosigner.Receipt.PublicKey, CosignerNoteKey = cosigner.Note.PublicKey,
        };
        return CourtMember.TryParse(member.Encode(), out var read, out var detail) ? read : throw new CourtRefusedException(detail);
    }

    /// <summary>Refuses an epoch that names this court with anything but what its folder holds.</summary>
    /// <exception cref="CourtRefusedException">A key is another; each role is named.</exception>
    public void RefuseForeignKeys(Epoch epoch)
    {
        if (epoch.Find(Genesis.Origin) is not { } named)
        {
            return;
        }

        var own = Member(epoch.Number, named.Endpoint);
        string[] different = [.. EpochWords.Differences(own, named)];
        if (different.Length > 0)
        {
            throw new CourtRefusedException(
                $"Epoch {epoch.Number} names {Genesis.Code} with what is not in {Folder}: {string.Join(", ", different)}. "
                + "Somebody changed this court's member document, or its keys changed since. Hand in a new one and ask for a new draft.");
        }
    }
}
