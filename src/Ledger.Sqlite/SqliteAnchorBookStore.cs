using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>The rows of one court's book of the anchor chain, in one SQLite file that is durable at every commit.</summary>
/// <remarks>One process writes it, one call at a time. Tables: README.md beside this file.</remarks>
public sealed class SqliteAnchorBookStore : IAnchorBookStore
{
    /// <summary>"CNBB" in the file's header.</summary>
    private const int ApplicationId = 0x434E4242;

    private const string Schema = """
        CREATE TABLE segment (serial INTEGER PRIMARY KEY, identity TEXT NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, set_aside_by INTEGER) STRICT;
        CREATE TABLE block (
            serial INTEGER PRIMARY KEY, segment INTEGER NOT NULL, chain BLOB NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, log BLOB NOT NULL,
            size INTEGER NOT NULL, checkpoint BLOB NOT NULL, position INTEGER NOT NULL, reference TEXT NOT NULL, seen_at INTEGER NOT NULL, UNIQUE (segment, number)) STRICT;
        CREATE INDEX block_log ON block (log, size);
        CREATE INDEX block_number ON block (number);
        CREATE TABLE alarm (serial INTEGER PRIMARY KEY, raised_at INTEGER NOT NULL, kind INTEGER NOT NULL, log BLOB, zh TEXT NOT NULL, en TEXT NOT NULL, evidence BLOB NOT NULL) STRICT;
        CREATE TABLE own (log BLOB PRIMARY KEY, first_size INTEGER NOT NULL, size INTEGER NOT NULL, checkpoint BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE owed (
            log BLOB NOT NULL, size INTEGER NOT NULL, checkpoint BLOB NOT NULL, step INTEGER NOT NULL, since INTEGER NOT NULL, tried_at INTEGER,
            PRIMARY KEY (log, size)) STRICT, WITHOUT ROWID;
        """;

    private const string BlockColumns = "serial, chain, number, hash, log, size, checkpoint, position, reference, seen_at";

    private readonly SqliteConnection _connection;

    private SqliteAnchorBookStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the book's file, or creates it.</summary>
    /// <exception cref="LogStoreException">It cannot be opened, or is no such book.</exception>
    public static SqliteAnchorBookStore Open(string path) => new(SideFile.Open(path, ApplicationId, Schema));

    /// <inheritdoc/>
    public AnchorBookRows Load() => Guarded("read the anchor book", () =>
    {
        var segment = Rows("SELECT serial, identity, position, number, hash, set_aside_by FROM segment ORDER BY serial DESC LIMIT 1", ReadSegment).FirstOrDefault();
        var newest = Rows(
            "SELECT log, max(size), checkpoint FROM block WHERE segment = $1 GROUP BY log", row => ReadAnchor(row, 0), segment?.Serial ?? 0);
        var owed = Rows("SELECT log, size, checkpoint, step, since, tried_at FROM owed", row => new OwedAnchor(
            ReadAnchor(row, 0), (OwedStep)row.GetInt32(3), Time(row.GetInt64(4)), row.IsDBNull(5) ? null : Time(row.GetInt64(5))));
        var own = Rows("SELECT log, size, checkpoint, first_size FROM own", row => new OwnLog(Hash(row, 0), row.GetInt64(3), ReadAnchor(row, 0)));
        var alarms = Rows("SELECT * FROM (SELECT serial, raised_at, kind, log, zh, en, evidence FROM alarm ORDER BY serial DESC LIMIT 1000) ORDER BY serial", ReadAlarm);
        var last = Rows($"SELECT {BlockColumns} FROM block ORDER BY serial DESC LIMIT 1", ReadBlock).FirstOrDefault();
        return new AnchorBookRows(segment, newest, owed, own, alarms, last);
    });

    /// <inheritdoc/>
    public void Commit(AnchorBookChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Guarded("write the anchor book", () =>
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            if (change.Segment is { } segment)
            {
                Execute(
                    "INSERT OR REPLACE INTO segment (serial, identity, position, number, hash, set_aside_by) VALUES ($1, $2, $3, $4, $5, $6)",
                    segment.Serial, segment.Identity, segment.Position, segment.Number, segment.Hash.ToArray(), segment.SetAsideBy);
            }

            if (change.Block is { } block)
            {
                Execute(
                    $"INSERT INTO block (segment, {BlockColumns}) VALUES ((SELECT max(serial) FROM segment), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    block.Serial, block.Segment.ToArray(), block.Number, block.Hash.ToArray(), block.Anchor.Log.ToArray(), block.Anchor.Size,
                    block.Anchor.Checkpoint.ToArray(), block.Position, block.Reference, block.SeenAt.ToUnixTimeMilliseconds());
            }

            if (change.Alarm is { } alarm)
            {
                Execute(
                    "INSERT INTO alarm (serial, raised_at, kind, log, zh, en, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    alarm.Serial, alarm.RaisedAt.ToUnixTimeMilliseconds(), (int)alarm.Kind, alarm.Log?.ToArray(), alarm.Sentence.Zh, alarm.Sentence.En, alarm.Evidence.ToArray());
            }

            CommitOwed(change);
            transaction.Commit();
            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<AnchorBlock> ReadBlocks(long after, int count) => Guarded(
        "read blocks", () => Rows($"SELECT {BlockColumns} FROM block WHERE serial > $1 ORDER BY serial LIMIT $2", ReadBlock, after, count));

    /// <inheritdoc/>
    public AnchorBlock? FindBlock(Digest segment, long number) => Guarded("find a block", () => Rows(
        $"SELECT {BlockColumns} FROM block WHERE chain = $1 AND number = $2 ORDER BY segment DESC LIMIT 1",
        ReadBlock, segment.ToArray(), number).FirstOrDefault());

    /// <inheritdoc/>
    public AnchorBlock? FindAnchor(Digest log, long size) => Guarded("find an anchor", () => Rows(
        $"SELECT {BlockColumns} FROM block WHERE log = $1 AND size >= $2 ORDER BY size, serial LIMIT 1", ReadBlock, log.ToArray(), size).FirstOrDefault());

    /// <inheritdoc/>
    public AnchorBlock? FindAnchorUpTo(Digest log, long size) => Guarded("find an anchor", () => Rows(
        $"SELECT {BlockColumns} FROM block WHERE log = $1 AND size <= $2 ORDER BY size DESC, serial LIMIT 1", ReadBlock, log.ToArray(), size).FirstOrDefault());

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private void CommitOwed(AnchorBookChange change)
    {
        if (change.Own is { } own)
        {
            Execute(
                "INSERT OR REPLACE INTO own (log, first_size, size, checkpoint) VALUES ($1, $2, $3, $4)",
                own.Log.ToArray(), own.FirstSize, own.Newest.Size, own.Newest.Checkpoint.ToArray());
        }

        foreach (var anchor in change.Settled)
        {
            Execute("DELETE FROM owed WHERE log = $1 AND size = $2", anchor.Log.ToArray(), anchor.Size);
        }

        foreach (var owed in change.Owed)
        {
            Execute(
                "INSERT OR REPLACE INTO owed (log, size, checkpoint, step, since, tried_at) VALUES ($1, $2, $3, $4, $5, $6)",
                owed.Anchor.Log.ToArray(), owed.Anchor.Size, owed.Anchor.Checkpoint.ToArray(), (int)owed.Step,
                owed.Since.ToUnixTimeMilliseconds(), owed.TriedAt?.ToUnixTimeMilliseconds());
        }
    }

    private static AnchorSegment ReadSegment(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), Hash(row, 4), row.IsDBNull(5) ? null : row.GetInt64(5));

    private static AnchorBlock ReadBlock(SqliteDataReader row) => new(
        row.GetInt64(0), Hash(row, 1), row.GetInt64(2), Hash(row, 3), ReadAnchor(row, 4), row.GetInt64(7), row.GetString(8), Time(row.GetInt64(9)));

    private static AnchorAlarm ReadAlarm(SqliteDataReader row) => new(
        row.GetInt64(0), Time(row.GetInt64(1)), (AnchorAlarmKind)row.GetInt32(2), row.IsDBNull(3) ? null : Hash(row, 3),
        new BilingualText(row.GetString(4), row.GetString(5)), row.GetFieldValue<byte[]>(6));

    private static Anchor ReadAnchor(SqliteDataReader row, int first) => new(Hash(row, first), row.GetInt64(first + 1), Hash(row, first + 2));

    private static Digest Hash(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column) is { Length: Digest.LengthBytes } bytes
        ? new Digest(bytes)
        : throw new LogStoreException(LogStoreFailure.Corrupt, "A hash in the anchor book has another length than 32 bytes.");

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private void Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }

    private static T Guarded<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, what);
        }
    }
}
