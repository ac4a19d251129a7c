using Cinnabar.Ledger;
using Cinnabar.Ledger.Rules;
using Cinnabar.Station.Facts;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Packs;

/// <summary>Keeps the index that packs are put together from.</summary>
/// <param name="store">Makes the table this writes to.</param>
internal sealed class PacksFollower(CourtLog log, StationDatabase database, PacksStore store) : Follower("packs", log, database)
{
    /// <summary>The index, as far as it has come.</summary>
    public PacksStore Index => store;

    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        // Up to fifty a second, and about no seal: no pack holds one.
        if (fact.Statement.Kind != BatchHeader.Kind)
        {
            PacksStore.Add(fact, transaction);
        }
    }
}
