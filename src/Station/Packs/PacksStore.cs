using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Packs;

/// <summary>Which log entries speak of which seal and incident, so that a pack need not read the whole log.</summary>
internal sealed class PacksStore
{
    private const string Columns = "position, hash, issuer, kind, time_ms AS timeMs, sequence, previous";

    private readonly StationDatabase _database;

    public PacksStore(StationDatabase database)
    {
        _database = database;
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS pack_fact(
              position INTEGER PRIMARY KEY, hash TEXT NOT NULL, seal TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL,
              time_ms INTEGER NOT NULL, incident TEXT, about TEXT, sequence INTEGER, previous TEXT) STRICT;
            CREATE INDEX IF NOT EXISTS pack_fact_hash ON pack_fact(hash);
            CREATE INDEX IF NOT EXISTS pack_fact_seal ON pack_fact(seal, position);
            CREATE INDEX IF NOT EXISTS pack_fact_chain ON pack_fact(seal, issuer, sequence) WHERE sequence IS NOT NULL;
            CREATE INDEX IF NOT EXISTS pack_fact_incident ON pack_fact(incident) WHERE incident IS NOT NULL;
            CREATE INDEX IF NOT EXISTS pack_fact_about ON pack_fact(about) WHERE about IS NOT NULL;
            """);
    }

    public static void Add(SequencedFact fact, SqliteTransaction transaction)
    {
        var statement = fact.Statement;
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO pack_fact VALUES (@Index, @hash, @Subject, @Issuer, @Kind, @TimeMs, @incident, @about, @sequence, @previous)",
            new
            {
                fact.Index, hash = statement.Hash.ToString(), statement.Subject, statement.Issuer, statement.Kind, statement.TimeMs,
                incident = statement.Body.TextOrNull("incident"), about = About(statement),
                sequence = statement.Chain?.Sequence, previous = statement.Chain?.Previous.ToString(),
            },
            transaction);
    }

    /// <summary>The statement that opened an incident, and the seal it is about; null when the log has none below the size.</summary>
    public (IndexedFact Opened, string Seal)? Opened(string incident, long size) => _database.Read(c =>
        c.QueryFirstOrDefault<IndexedFact>(
            $"SELECT {Columns} FROM pack_fact WHERE incident = @incident AND kind = 'incident.opened' AND position < @size ORDER BY position LIMIT 1",
            new { incident, size }) is { } opened
            ? (opened, c.ExecuteScalar<string>("SELECT seal FROM pack_fact WHERE position = @Position", new { opened.Position })!)
            : ((IndexedFact, string)?)null);

    public IndexedFact? Find(string hash, long size) => _database.Read(c => c.QueryFirstOrDefault<IndexedFact>(
        $"SELECT {Columns} FROM pack_fact WHERE hash = @hash AND position < @size", new { hash, size }));

    /// <summary>Everything stated about an incident by name, and the results of its warnings.</summary>
    public IReadOnlyList<IndexedFact> OfIncident(string incident, long size) => _database.Read(c => c.Query<IndexedFact>(
        $"""
        SELECT {Columns} FROM pack_fact WHERE position < @size AND (incident = @incident OR about IN (
          SELECT hash FROM pack_fact WHERE incident = @incident AND kind = 'warning.attempt'))
        """,
        new { incident, size }).AsList());

    /// <summary>What court, station and officers stated about a seal between two entries; statements about another incident left out.</summary>
    public IReadOnlyList<IndexedFact> AroundIncident(string seal, long from, long until, string incident) => _database.Read(c => c.Query<IndexedFact>(
        $"""
        SELECT {Columns} FROM pack_fact WHERE seal = @seal AND position BETWEEN @from AND @until AND sequence IS NULL
          AND (incident IS NULL OR incident = @incident) AND kind NOT LIKE 'warning.%'
        """,
        new { seal, from, until, incident }).AsList());

    /// <summary>The seal's order, from the ruling to the lifting.</summary>
    public IReadOnlyList<IndexedFact> Orders(string seal, long size) => _database.Read(c => c.Query<IndexedFact>(
        $"SELECT {Columns} FROM pack_fact WHERE seal = @seal AND position < @size AND kind LIKE 'order.%'", new { seal, size }).AsList());

    /// <summary>What the court stated about the keys of an issuer.</summary>
    public IReadOnlyList<IndexedFact> Keys(string issuer, long size) => _database.Read(c => c.Query<IndexedFact>(
        $"SELECT {Columns} FROM pack_fact WHERE about = @issuer AND position < @size", new { issuer, size }).AsList());

    /// <summary>Devices that spoke about a seal at or after a time of their own clock, with the first number of that stretch.</summary>
    public IReadOnlyList<(string Issuer, long First)> DevicesSince(string seal, long fromMs, long until) => _database.Read(c => c.Query<(string, long)>(
        "SELECT issuer, min(sequence) FROM pack_fact WHERE seal = @seal AND sequence IS NOT NULL AND time_ms >= @fromMs AND position <= @until GROUP BY issuer",
        new { seal, fromMs, until }).AsList());

    /// <summary>A device's statements about a seal from a number on, in the order of their numbers.</summary>
    public IReadOnlyList<IndexedFact> Chain(string seal, string issuer, long first, long until, int countMax) => _database.Read(c => c.Query<IndexedFact>(
        $"""
        SELECT {Columns} FROM pack_fact WHERE seal = @seal AND issuer = @issuer AND sequence >= @first AND position <= @until
        ORDER BY sequence, position LIMIT @countMax
        """,
        new { seal, issuer, first, until, countMax }).AsList());

    private static string? About(Statement statement) => statement.Kind switch
    {
        "device.enrolled" or "device.revoked" => "device:" + statement.Body.TextOrNull("device"),
        "officer.enrolled" => "officer:" + statement.Body.TextOrNull("officer"),
        "warning.result" when statement.Body.TryGet("attempt", out var attempt) && attempt.Kind == CborKind.Bytes =>
            Convert.ToHexStringLower(attempt.AsBytes().Span),
        _ => null,
    };
}
