using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Facts;

/// <summary>Statements of this station that the log could not take when they were made; offered again until it does.</summary>
/// <remarks>The log knows its entries by hash, so that offering one twice adds nothing.</remarks>
internal sealed class UnsequencedFacts : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly StationDatabase _database;
    private readonly CourtLog _log;
    private readonly TimeProvider _time;

    public UnsequencedFacts(StationDatabase database, CourtLog log, TimeProvider time)
    {
        _database = database;
        _log = log;
        _time = time;
        database.Migrate("CREATE TABLE IF NOT EXISTS unsequenced(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;");
    }

    /// <summary>Keeps a statement until the log takes it.</summary>
    /// <remarks>With log and database both gone there is nowhere left to keep it; the database's health says so.</remarks>
    public void Keep(Statement statement)
    {
        try
        {
            _database.Write(t => t.Connection!.Execute(
                "INSERT OR IGNORE INTO unsequenced VALUES (@hash, @bytes)",
                new { hash = statement.Hash.ToString(), bytes = statement.Bytes.ToArray() }, t));
        }
        catch (SqliteException)
        {
            // Stated above; who wrote the fact goes on without it.
        }
    }

    /// <summary>What the waiting statements are about.</summary>
    public IReadOnlySet<string> Subjects() => _database.Read(c => c.Query<byte[]>("SELECT bytes FROM unsequenced"))
        .Select(bytes => Statement.TryParse(bytes, out var statement, out _) == StatementVerdict.Valid ? statement!.Subject : "")
        .ToHashSet(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, _time);
        do
        {
            try
            {
                await OfferAsync(stoppingToken);
            }
            catch (SqliteException)
            {
                // The rows stay; the next round offers them again.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task OfferAsync(CancellationToken cancellationToken)
    {
        foreach (var (hash, bytes) in Waiting())
        {
            if (!_log.Health.IsWriting || (await _log.AppendAsync(bytes, cancellationToken)).IsTransient)
            {
                return;
            }

            _database.Write(t => t.Connection!.Execute("DELETE FROM unsequenced WHERE hash = @hash", new { hash }, t));
        }
    }

    private List<(string Hash, byte[] Bytes)> Waiting() =>
        _database.Read(c => c.Query<(string, byte[])>("SELECT hash, bytes FROM unsequenced ORDER BY rowid LIMIT 256").AsList());
}
