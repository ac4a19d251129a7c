using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Orders;

/// <summary>Serial numbers of seals, one row a year: a number is never given twice, even if its order never reached the log.</summary>
internal sealed class OrdersStore
{
    private readonly StationDatabase _database;

    public OrdersStore(StationDatabase database)
    {
        _database = database;
        database.Migrate("CREATE TABLE IF NOT EXISTS seal_serial(year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;");
    }

    /// <summary>The next serial of a year.</summary>
    /// <param name="atLeast">Serials up to this one are in the log already, in case this table was lost.</param>
    public int NextSerial(int year, int atLeast) => _database.Write(t => t.Connection!.QuerySingle<int>(
        """
        INSERT INTO seal_serial VALUES (@year, @atLeast + 1)
        ON CONFLICT(year) DO UPDATE SET last = max(last, @atLeast) + 1 RETURNING last
        """, new { year, atLeast }, t));
}
