using System.Collections.Concurrent;
using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Seals;

/// <summary>The private record of each order: the one place of personal data, behind a commitment in the log (design 2.12).</summary>
/// <remarks>
/// Erasing a record leaves every proof valid and says nothing about who it was, or where. Kept in memory too, because a
/// warning asks for place and phones and waits for no disk. Safe for concurrent use.
/// </remarks>
internal sealed class PrivateRecords
{
    private readonly StationDatabase _database;
    private readonly ConcurrentDictionary<string, PrivateRecord> _records = new(StringComparer.Ordinal);

    public PrivateRecords(StationDatabase database)
    {
        _database = database;
        database.Migrate("CREATE TABLE IF NOT EXISTS private_record(seal TEXT PRIMARY KEY, record BLOB NOT NULL) STRICT;");
        foreach (var (seal, record) in database.Read(c => c.Query<(string, byte[])>("SELECT seal, record FROM private_record").AsList()))
        {
            _records[seal] = PrivateRecord.Read(record);
        }
    }

    /// <summary>Numbers of the seals that have a record.</summary>
    public IReadOnlyCollection<string> Seals => [.. _records.Keys];

    /// <summary>The record of a seal's order; null when unknown or erased.</summary>
    public PrivateRecord? Of(string seal) => _records.GetValueOrDefault(seal);

    /// <summary>Keeps the record of a new order; durable when this returns, and only then may its commitment be stated.</summary>
    public void Keep(string seal, PrivateRecord record)
    {
        _database.Write(t => t.Connection!.Execute(
            "INSERT INTO private_record VALUES (@seal, @bytes)", new { seal, bytes = record.Bytes.ToArray() }, t));
        _records[seal] = record;
    }

    /// <summary>Forgets records for good; what was never kept, or is gone already, is passed over.</summary>
    public void Erase(params IReadOnlyCollection<string> seals)
    {
        _database.Write(t => t.Connection!.Execute("DELETE FROM private_record WHERE seal = @seal", seals.Select(seal => new { seal }), t));
        _database.EmptyJournal();
        foreach (var seal in seals)
        {
            _records.TryRemove(seal, out _);
        }
    }
}
