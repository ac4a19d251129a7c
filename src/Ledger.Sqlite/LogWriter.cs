using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>The writing connection with its prepared statements. One caller at a time.</summary>
internal sealed class LogWriter : IDisposable
{
    /// <summary>Written bytes after which the write-ahead log is brought into the file: about a second of full load, 30 ms of work.</summary>
    private const long TidyEveryBytes = 4 * 1024 * 1024;

    /// <summary>What an entry costs in the write-ahead log beside its bytes: its share of an index page.</summary>
    private const int IndexCostBytes = 256;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insertEntry;
    private readonly SqliteCommand _insertId;
    private readonly SqliteCommand _putTile;
    private readonly SqliteCommand _moveHead;
    private readonly SqliteCommand _firstHead;
    private readonly SqliteCommand _putCheckpoint;
    private readonly SqliteCommand _insertMark;
    private long _bytesSinceTidy;

    public LogWriter(LogDatabase database)
    {
        _connection = database.ConnectWriter();
        _insertEntry = Prepare("INSERT INTO entry (position, bytes) VALUES ($1, $2)", SqliteType.Integer, SqliteType.Blob);
        _insertId = Prepare("INSERT INTO entry_id (prefix, position) VALUES ($1, $2)", SqliteType.Integer, SqliteType.Integer);
        _putTile = Prepare("INSERT OR REPLACE INTO tile (place, hashes) VALUES ($1, $2)", SqliteType.Integer, SqliteType.Blob);
        _moveHead = Prepare(
            "UPDATE head SET size = $1, root = $2, frontier = $3 WHERE size = $4",
            SqliteType.Integer, SqliteType.Blob, SqliteType.Blob, SqliteType.Integer);
        _firstHead = Prepare(
            "INSERT INTO head (id, size, root, frontier) VALUES (1, $1, $2, $3) ON CONFLICT DO NOTHING",
            SqliteType.Integer, SqliteType.Blob, SqliteType.Blob);
        _putCheckpoint = Prepare("INSERT OR REPLACE INTO checkpoint (size, note) VALUES ($1, $2)", SqliteType.Integer, SqliteType.Blob);
        _insertMark = Prepare("INSERT INTO mark (position) VALUES ($1)", SqliteType.Integer);
    }

    public Action<LogStep>? AfterStep { get; set; }

    public void Append(LogCommit commit)
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            AfterStep?.Invoke(LogStep.TransactionBegun);
            InsertEntries(commit, transaction);
            AfterStep?.Invoke(LogStep.EntriesWritten);
            _putTile.Transaction = transaction;
            foreach (var tile in commit.Tiles)
            {
                _putTile.Parameters[0].Value = LogRows.TilePlace(tile.Level, tile.Index);
                _putTile.Parameters[1].Value = tile.Hashes.ToArray();
                _putTile.ExecuteNonQuery();
                _bytesSinceTidy += tile.Hashes.Length;
            }
            AfterStep?.Invoke(LogStep.TilesWritten);
            foreach (var mark in commit.Marks)
            {
                _insertMark.Transaction = transaction;
                _insertMark.Parameters[0].Value = mark;
                _insertMark.ExecuteNonQuery();
            }
            WriteHead(commit, transaction);
            if (!commit.Checkpoint.IsEmpty)
            {
                PutCheckpoint(commit.Head.Size, commit.Checkpoint, transaction);
            }
            AfterStep?.Invoke(LogStep.HeadWritten);
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, "commit entries");
        }
    }

    public void SaveCheckpoint(long size, ReadOnlyMemory<byte> note)
    {
        try
        {
            PutCheckpoint(size, note, transaction: null);
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, "commit a checkpoint");
        }
    }

    public void Tidy()
    {
        if (_bytesSinceTidy < TidyEveryBytes)
        {
            return;
        }
        try
        {
            // Between two commits, on the writer's own thread: only a checkpoint that nobody appends beside ever catches up, and only then is
            // the write-ahead log used again from its start instead of growing. A reader in the way leaves more for the next time.
            LogDatabase.RunCheckpoint(_connection, "PASSIVE");
            _bytesSinceTidy = 0;
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, "bring the write-ahead log into the file");
        }
    }

    public void Dispose() => _connection.Dispose();

    private void InsertEntries(LogCommit commit, SqliteTransaction transaction)
    {
        _insertEntry.Transaction = transaction;
        _insertId.Transaction = transaction;
        for (var i = 0; i < commit.Entries.Count; i++)
        {
            var entry = commit.Entries[i];
            _insertEntry.Parameters[0].Value = commit.OldSize + i;
            _insertEntry.Parameters[1].Value = Array(entry.Bytes);
            _insertEntry.ExecuteNonQuery();
            _insertId.Parameters[0].Value = LogRows.IdPrefix(entry.Id);
            _insertId.Parameters[1].Value = commit.OldSize + i;
            _insertId.ExecuteNonQuery();
            _bytesSinceTidy += entry.Bytes.Length + IndexCostBytes;
        }
    }

    private void PutCheckpoint(long size, ReadOnlyMemory<byte> note, SqliteTransaction? transaction)
    {
        _putCheckpoint.Transaction = transaction;
        _putCheckpoint.Parameters[0].Value = size;
        _putCheckpoint.Parameters[1].Value = note.ToArray();
        _putCheckpoint.ExecuteNonQuery();
    }

    private void WriteHead(LogCommit commit, SqliteTransaction transaction)
    {
        var command = commit.OldSize == 0 ? _firstHead : _moveHead;
        command.Transaction = transaction;
        command.Parameters[0].Value = commit.Head.Size;
        command.Parameters[1].Value = commit.Head.Root.ToArray();
        command.Parameters[2].Value = commit.Head.Encode();
        if (commit.OldSize > 0)
        {
            command.Parameters[3].Value = commit.OldSize;
        }
        // The size is compared inside the transaction that changes it: two writers cannot both believe they are first.
        if (command.ExecuteNonQuery() != 1)
        {
            throw new LogStoreException(LogStoreFailure.Conflict, $"The stored log does not have the {commit.OldSize} entries its writer left: another one wrote.");
        }
    }

    /// <summary>The array behind a whole entry, without copying where it can be had.</summary>
    private static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
            && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
                ? array
                : bytes.ToArray();

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<SqliteType> types)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < types.Length; i++)
        {
            command.Parameters.Add($"${i + 1}", types[i]);
        }
        command.Prepare();
        return command;
    }
}
