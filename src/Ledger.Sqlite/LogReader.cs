using Cinnabar.Evidence;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>One reading connection with its prepared statements. One caller at a time.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _head;
    private readonly SqliteCommand _entry;
    private readonly SqliteCommand _entries;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _tile;
    private readonly SqliteCommand _checkpoint;
    private readonly SqliteCommand _lastCheckpoint;
    private readonly SqliteCommand _checkpointUpTo;
    private readonly SqliteCommand _marks;

    /// <summary>Takes the connection over.</summary>
    public LogReader(SqliteConnection connection)
    {
        _connection = connection;
        _head = Prepare("SELECT size, root, frontier FROM head");
        _entry = Prepare("SELECT bytes FROM entry WHERE position = $1", "$1");
        _entries = Prepare("SELECT position, bytes FROM entry WHERE position >= $1 ORDER BY position LIMIT $2", "$1", "$2");
        _find = Prepare("SELECT i.position, e.bytes FROM entry_id i JOIN entry e ON e.position = i.position WHERE i.prefix = $1 ORDER BY i.position", "$1");
        _tile = Prepare("SELECT hashes FROM tile WHERE place = $1", "$1");
        _checkpoint = Prepare("SELECT note FROM checkpoint WHERE size = $1", "$1");
        _lastCheckpoint = Prepare("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1");
        _checkpointUpTo = Prepare("SELECT note FROM checkpoint WHERE size <= $1 ORDER BY size DESC LIMIT 1", "$1");
        _marks = Prepare("SELECT position FROM mark ORDER BY position");
    }

    public StoredHead? ReadHead()
    {
        using var row = _head.ExecuteReader();
        if (!row.Read())
        {
            return null;
        }
        var root = row.GetFieldValue<byte[]>(1);
        return root.Length == Digest.LengthBytes
            ? new StoredHead(row.GetInt64(0), new Digest(root), row.GetFieldValue<byte[]>(2))
            : throw new LogStoreException(LogStoreFailure.Corrupt, $"The head's root has {root.Length} bytes.");
    }

    public byte[]? ReadEntry(long index) => Blob(_entry, index);

    public IReadOnlyList<byte[]> ReadEntries(long first, int count)
    {
        _entries.Parameters[0].Value = first;
        _entries.Parameters[1].Value = count;
        using var row = _entries.ExecuteReader();
        var found = new List<byte[]>();
        while (row.Read() && row.GetInt64(0) == first + found.Count)
        {
            found.Add(row.GetFieldValue<byte[]>(1));
        }
        return found;
    }

    public long? FindEntry(Digest id)
    {
        _find.Parameters[0].Value = LogRows.IdPrefix(id);
        using var row = _find.ExecuteReader();
        while (row.Read())
        {
            if (Digest.Of(row.GetFieldValue<byte[]>(1)) == id)
            {
                return row.GetInt64(0);
            }
        }
        return null;
    }

    public byte[]? ReadTile(int level, long index) => Blob(_tile, LogRows.TilePlace(level, index));

    public byte[]? ReadCheckpoint(long size) => Blob(_checkpoint, size);

    public byte[]? ReadLastCheckpoint() => _lastCheckpoint.ExecuteScalar() as byte[];

    public byte[]? ReadCheckpointUpTo(long size) => Blob(_checkpointUpTo, size);

    public IReadOnlyList<long> ReadMarks()
    {
        using var row = _marks.ExecuteReader();
        var found = new List<long>();
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }
        return found;
    }

    public void Dispose() => _connection.Dispose();

    private static byte[]? Blob(SqliteCommand command, long key)
    {
        command.Parameters[0].Value = key;
        return command.ExecuteScalar() as byte[];
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(name, SqliteType.Integer);
        }
        command.Prepare();
        return command;
    }
}
