using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Station.Courts;

/// <summary>This court's mirrors of all other courts' logs, each in a file of its own.</summary>
internal sealed class CourtMirrors : IDisposable
{
    private readonly Dictionary<string, Mirror> _mirrors = new(StringComparer.Ordinal);
    private readonly List<ILogStore> _stores = [];

    public CourtMirrors(string dataDirectory, CourtSeat seat, Hearing hearing, ICourtMemory memory)
    {
        foreach (var court in seat.Others)
        {
            var path = PathOf(dataDirectory, court);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var store = SqliteLogStore.Open(path);
            _stores.Add(store);
            _mirrors.Add(court.Origin, Mirror.Open(court, store, seat, hearing, memory));
        }
    }

    /// <summary>All of them, by the order of the epoch.</summary>
    public IReadOnlyCollection<Mirror> All => _mirrors.Values;

    /// <summary>The mirror of a log, or null for one that is no other court's.</summary>
    public Mirror? Find(string origin) => _mirrors.GetValueOrDefault(origin);

    /// <summary>Where a court's log is mirrored: the code for people, and the log's name for a court whose successor log has the same code.</summary>
    public static string PathOf(string dataDirectory, CourtMember court) => Path.Combine(
        dataDirectory, "courts", "logs", $"{court.Code}-{Convert.ToHexStringLower(Digest.Of(System.Text.Encoding.UTF8.GetBytes(court.Origin)).ToArray())[..8]}.db");

    public void Dispose()
    {
        foreach (var mirror in All)
        {
            mirror.Dispose();
        }

        _stores.ForEach(s => s.Dispose());
    }
}
