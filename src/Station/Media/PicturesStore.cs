using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Media;

/// <summary>Which pictures came from which seal under which hash, and which hashes seals have signed.</summary>
internal sealed class PicturesStore
{
    private const string Select = """
        SELECT p.hash, p.seal, p.got, p.content_type AS contentType, p.received_ms AS receivedMs, s.hash IS NOT NULL AS isStated FROM picture p
        LEFT JOIN still_statement s ON s.hash = p.hash AND s.device = p.device
        """;

    private readonly StationDatabase _database;

    public PicturesStore(StationDatabase database)
    {
        _database = database;
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS picture(
              hash TEXT NOT NULL, device TEXT NOT NULL, seal TEXT NOT NULL, got TEXT NOT NULL, content_type TEXT NOT NULL,
              received_ms INTEGER NOT NULL, PRIMARY KEY(hash, device, got)) STRICT;
            CREATE TABLE IF NOT EXISTS still_statement(
              hash TEXT NOT NULL, device TEXT NOT NULL, statement TEXT NOT NULL, PRIMARY KEY(hash, device)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS picture_seal ON picture(seal, received_ms);
            """);
    }

    /// <returns>False when the very same was here before.</returns>
    public bool Add(PictureMessage picture, string device, string seal, Digest got, DateTimeOffset at) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO picture VALUES (@hash, @device, @seal, @got, @type, @at)",
        new { hash = picture.Hash.ToString(), device, seal, got = got.ToString(), type = picture.ContentType, at = at.ToUnixTimeMilliseconds() }, t)) > 0;

    /// <summary>A device's <c>media.still</c> vouches for a picture.</summary>
    public static void AddStatement(string device, Statement still, SqliteTransaction transaction) => transaction.Connection!.Execute(
        "INSERT OR IGNORE INTO still_statement VALUES (@hash, @device, @statement)",
        new { hash = still.Data!.Digest.ToString(), device, statement = still.Hash.ToString() }, transaction);

    /// <summary>The picture under a hash: the one with the right bytes if it ever came, from whomever, else a wrong one.</summary>
    public PictureRow? Find(Digest hash) => _database.Read(c => c.QueryFirstOrDefault<PictureRow>(
        $"""
        {Select} WHERE p.hash = @hash ORDER BY p.got = p.hash DESC, isStated DESC, p.received_ms LIMIT 1
        """,
        new { hash = hash.ToString() }));

    /// <summary>The pictures of a seal that came in a time, station clock; of those that came more than once, the right one.</summary>
    public IReadOnlyList<PictureRow> Of(string seal, long fromMs, long untilMs) => _database.Read(c => c.Query<PictureRow>(
        $"""
        {Select} WHERE p.seal = @seal AND p.received_ms BETWEEN @fromMs AND @untilMs
        ORDER BY p.got = p.hash DESC, isStated DESC, p.received_ms
        """,
        new { seal, fromMs, untilMs }).DistinctBy(p => p.Hash).ToList());
}
