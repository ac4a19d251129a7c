using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Setup;

/// <summary>What this court's disk holds of logs, beside an epoch that says where it takes them over.</summary>
internal static class HeldHeads
{
    /// <summary>Refuses an epoch that goes on with another history than this court holds, of its own log or of a mirrored one.</summary>
    /// <exception cref="CourtRefusedException">Its own log is shorter than that, or a log here is another.</exception>
    public static void RefuseForeignHistory(OwnCourt court, Epoch epoch)
    {
        foreach (var terminal in epoch.Logs)
        {
            var isOwn = terminal.Origin == court.Genesis.Origin;
            var file = isOwn ? Path.Combine(court.Folder, FactsModule.LogFile)
                : epoch.Find(terminal.Origin) is { } owner ? CourtMirrors.PathOf(court.Folder, owner) : "";
            using var store = File.Exists(file) ? SqliteLogStore.OpenForReading(file) : null;
            var size = store?.ReadHead()?.Size ?? 0;
            if (size >= terminal.Size && StoredRoot.Of(store!, terminal.Size) != terminal.Root)
            {
                throw new CourtRefusedException(
                    $"Epoch {epoch.Number} goes on with {EpochWords.Safe(terminal.Origin)} from {terminal.Size} entries under root {terminal.Root}; {file} has other entries up to there. "
                    + (isOwn ? "Somebody signed a second history with this court's log key. " : "Its owner signed two histories. ")
                    + "Keep everything as it is; that log ends, and its court comes back with a new origin and key.");
            }

            // A mirror that holds less catches up and compares then; an owner that holds less has lost what others may have seen.
            if (isOwn && size < terminal.Size)
            {
                throw new CourtRefusedException(
                    $"Epoch {epoch.Number} goes on with {terminal.Origin} from {terminal.Size} entries, and this folder holds {size}: it is an old copy or lost its end. "
                    + "A log is never gone on with from a copy: set up a new folder with \"init\" and a new origin, and hand that in.");
            }
        }
    }
}
