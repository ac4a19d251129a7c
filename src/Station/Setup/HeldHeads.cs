using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Setup;

/// <summary>What this court's disk holds of logs, beside a draft that says where an epoch takes them over.</summary>
internal static class HeldHeads
{
    /// <summary>Refuses an epoch that takes this court's own log over anywhere but in its own history.</summary>
    /// <exception cref="CourtRefusedException">The log here is shorter, or another.</exception>
    public static void RefuseForeignHistory(OwnCourt court, Epoch epoch)
    {
        if (epoch.TerminalOf(court.Genesis.Origin) is not { } terminal)
        {
            return;
        }

        var file = Path.Combine(court.Folder, FactsModule.LogFile);
        using var store = File.Exists(file) ? SqliteLogStore.OpenForReading(file) : null;
        var size = store?.ReadHead()?.Size ?? 0;
        if (size < terminal.Size)
        {
            throw new CourtRefusedException(
                $"Epoch {epoch.Number} goes on with {terminal.Origin} from {terminal.Size} entries, and this folder holds {size}: it is an old copy or lost its end. "
                + "A log is never gone on with from a copy: set up a new folder with \"init\" and a new origin, and hand that in.");
        }

        if (StoredRoot.Of(store!, terminal.Size) != terminal.Root)
        {
            throw new CourtRefusedException(
                $"Epoch {epoch.Number} goes on with {terminal.Origin} from {terminal.Size} entries under root {terminal.Root}; this folder has other entries up to there. "
                + "Somebody signed a second history with this court's log key. Stop the station, keep everything, and have a new log key handed in under a new origin.");
        }
    }
}
