using System.Text.Json;
using Cinnabar.Evidence.Verification;
using Cinnabar.Station.Facts;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Seals;

/// <summary>The durable line of the board and the list of facts of each seal. Delete the tables and the follower builds them anew.</summary>
internal sealed class SealsStore
{
    // Phone links live at most a week; nothing asks for an incident that has been closed for longer.
    private static readonly TimeSpan s_closedKept = TimeSpan.FromDays(8);

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly StationDatabase _database;
    private readonly ProofStates _proofs;

    public SealsStore(StationDatabase database, ProofStates proofs)
    {
        (_database, _proofs) = (database, proofs);
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS seal_state(seal TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS seal_incident(
              id TEXT PRIMARY KEY, opened_ms INTEGER NOT NULL, closed INTEGER NOT NULL, document TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS seal_fact(
              idx INTEGER PRIMARY KEY, seal TEXT NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, issuer TEXT NOT NULL,
              at_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL, sequence INTEGER) STRICT;
            CREATE INDEX IF NOT EXISTS seal_fact_of ON seal_fact(seal, idx);
            """);
    }

    public (IReadOnlyList<SealState> Seals, IReadOnlyList<IncidentState> Incidents) Load(DateTimeOffset now) => _database.Read(c => (
        Read<SealState>(c.Query<string>("SELECT document FROM seal_state")),
        Read<IncidentState>(c.Query<string>(
            "SELECT document FROM seal_incident WHERE closed = 0 OR opened_ms > @since",
            new { since = (now - s_closedKept).ToUnixTimeMilliseconds() }))));

    public static void Write(SealState seal, SqliteTransaction transaction) => transaction.Connection!.Execute(
        "INSERT INTO seal_state VALUES (@seal, @document) ON CONFLICT(seal) DO UPDATE SET document = @document",
        new { seal = seal.SealNumber, document = JsonSerializer.Serialize(seal, s_json) }, transaction);

    public static void Write(IncidentState incident, SqliteTransaction transaction) => transaction.Connection!.Execute(
        "INSERT INTO seal_incident VALUES (@id, @opened, @closed, @document) ON CONFLICT(id) DO UPDATE SET closed = @closed, document = @document",
        new { id = incident.Id, opened = incident.OpenedMs, closed = incident.Closed, document = JsonSerializer.Serialize(incident, s_json) }, transaction);

    public static void Write(FactSeen seen, SqliteTransaction transaction) => transaction.Connection!.Execute(
        "INSERT OR REPLACE INTO seal_fact VALUES (@idx, @seal, @hash, @kind, @issuer, @at, @received, @sequence)",
        new
        {
            idx = seen.Index, seal = seen.Statement.Subject, hash = seen.Statement.Hash.ToString(), kind = seen.Statement.Kind,
            issuer = seen.Statement.Issuer, at = seen.Statement.TimeMs, received = seen.ReceivedAt.ToUnixTimeMilliseconds(),
            sequence = seen.Statement.Chain?.Sequence,
        }, transaction);

    /// <summary>The newest facts of a seal that are in the log, newest first: so many that matter, and so many routine ones.</summary>
    public IReadOnlyList<TimelineItem> History(string seal, int count) => _database.Read(c => c.Query<FactRow>(
            """
            SELECT idx AS "Index", hash, kind, issuer, at_ms AS AtMs, received_ms AS ReceivedMs, sequence
            FROM (SELECT * FROM seal_fact WHERE seal = @seal AND kind NOT IN @routine ORDER BY idx DESC LIMIT @count)
            UNION ALL SELECT idx, hash, kind, issuer, at_ms, received_ms, sequence
            FROM (SELECT * FROM seal_fact WHERE seal = @seal AND kind IN @routine ORDER BY idx DESC LIMIT @count)
            ORDER BY 1 DESC
            """, new { seal, count, routine = TimelineItem.RoutineKinds })
        .Select(r => new TimelineItem(
            r.Hash, r.Index, _proofs.Of(r.Index), r.Kind, r.Issuer, DateTimeOffset.FromUnixTimeMilliseconds(r.AtMs),
            DateTimeOffset.FromUnixTimeMilliseconds(r.ReceivedMs), r.Sequence, KindCatalog.TextOf(r.Kind)))
        .ToArray());

    private static T[] Read<T>(IEnumerable<string> documents) => [.. documents.Select(d => JsonSerializer.Deserialize<T>(d, s_json)!)];

    private sealed record FactRow
    {
        public long Index { get; init; }

        public string Hash { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Issuer { get; init; } = "";

        public long AtMs { get; init; }

        public long ReceivedMs { get; init; }

        public long? Sequence { get; init; }
    }
}
