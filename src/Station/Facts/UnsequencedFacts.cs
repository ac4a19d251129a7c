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
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS unsequenced(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS refused_fact(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
            """);
        database.Health.Watch("unsequenced", Probe);
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

    /// <summary>Keeps a statement of this station that breaks a rule of the log, for the people who must find out why; it is not offered again.</summary>
    /// <param name="hash">Name of the statement, by which it waited if it did.</param>
    public void SetAside(string hash, ReadOnlyMemory<byte> statement, EntryRefusal refusal)
    {
        try
        {
            _database.Write(t =>
            {
                var row = new { hash, bytes = statement.ToArray(), rule = refusal.Rule ?? "policy", reason = refusal.Sentence };
                t.Connection!.Execute("INSERT OR IGNORE INTO refused_fact VALUES (@hash, @bytes, @rule, @reason)", row, t);
                t.Connection!.Execute("DELETE FROM unsequenced WHERE hash = @hash", row, t);
            });
        }
        catch (SqliteException)
        {
            // As in Keep.
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
            if (!_log.Health.IsWriting)
            {
                return;
            }

            var result = await _log.AppendAsync(bytes, cancellationToken);
            if (result.IsTransient)
            {
                return;
            }

            if (result.Refusal is { } refusal)
            {
                SetAside(hash, bytes, refusal);
                continue;
            }

            _database.Write(t => t.Connection!.Execute("DELETE FROM unsequenced WHERE hash = @hash", new { hash }, t));
        }
    }

    // The station's own word that its own log does not take: nothing that happens in an honest life, so it is shouted.
    private (HealthLevel Level, string Detail) Probe()
    {
        try
        {
            return _database.Read(c => c.QueryFirstOrDefault<string>("SELECT rule || ': ' || reason FROM refused_fact LIMIT 1")) is { } first
                ? (HealthLevel.Degraded, $"The log refuses statements of this station, kept in refused_fact. {first}")
                : (HealthLevel.Good, "");
        }
        catch (SqliteException e)
        {
            return (HealthLevel.Failed, e.Message);
        }
    }

    private List<(string Hash, byte[] Bytes)> Waiting() =>
        _database.Read(c => c.Query<(string, byte[])>("SELECT hash, bytes FROM unsequenced ORDER BY rowid LIMIT 256").AsList());
}
