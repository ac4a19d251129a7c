using System.Collections.Concurrent;
using System.Globalization;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>The file, its schema, and connections to read it with. Safe for concurrent callers.</summary>
internal sealed class LogDatabase : IDisposable
{
    /// <summary>"CNBL" in the file's header: what <c>file</c> and a suspicious administrator see.</summary>
    private const int ApplicationId = 0x434E424C;
    private const int SchemaVersion = 2;
    private const int ReadersKeptMax = 16;

    private const string Schema = """
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root BLOB NOT NULL, frontier BLOB NOT NULL) STRICT;
        CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE entry_id (prefix INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (prefix, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE tile (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
        CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
        CREATE TABLE mark (position INTEGER PRIMARY KEY) STRICT;
        """;

    /// <summary>From version 1, which kept no marks; whoever needs them finds none and reads the log whole.</summary>
    private const string ToVersion2 = "CREATE TABLE mark (position INTEGER PRIMARY KEY) STRICT;";

    private readonly ConcurrentBag<LogReader> _idle = [];
    private readonly string _path;
    private readonly bool _readOnly;
    private volatile bool _disposed;

    static LogDatabase() => SQLitePCL.Batteries_V2.Init();

    public LogDatabase(string path, bool readOnly)
    {
        _path = path;
        _readOnly = readOnly;
    }

    /// <summary>The writer's connection: schema in place, WAL on, and everything a crash left behind brought into the file.</summary>
    public SqliteConnection ConnectWriter()
    {
        try
        {
            var connection = Connect(SqliteOpenMode.ReadWriteCreate);
            try
            {
                Prepare(connection);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, $"open {_path}");
        }
    }

    /// <summary>Lends a reader; disposing of the lease gives it back.</summary>
    public Lease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryTake(out var reader))
        {
            return new Lease(this, reader);
        }
        try
        {
            var connection = Connect(SqliteOpenMode.ReadOnly);
            try
            {
                if (_readOnly)
                {
                    RequireOurs(connection);
                }
                return new Lease(this, new LogReader(connection));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, $"open {_path} for reading");
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private void Return(LogReader reader)
    {
        if (_disposed || _idle.Count >= ReadersKeptMax)
        {
            reader.Dispose();
            return;
        }
        _idle.Add(reader);
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = mode,
            Pooling = false,
            // Seconds that a statement waits for a lock: only another process's checkpoint or a reader in the way of ours.
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        return connection;
    }

    private void Prepare(SqliteConnection connection)
    {
        connection.Execute("PRAGMA page_size=4096");
        if (connection.Ask("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new LogStoreException(LogStoreFailure.Io, $"{_path} lies on a file system without shared memory: SQLite refuses WAL there.");
        }
        connection.Execute("PRAGMA synchronous=FULL");
        // Checkpoints are run by Tidy, where their errors are seen; SQLite's own swallow them.
        connection.Execute("PRAGMA wal_autocheckpoint=0");
        connection.Execute("PRAGMA cache_size=-65536");
        connection.Execute("PRAGMA temp_store=MEMORY");
        if (connection.Ask("PRAGMA user_version") == "0" && connection.Ask("SELECT count(*) FROM sqlite_master") == "0")
        {
            connection.Execute($"BEGIN IMMEDIATE; {Schema} PRAGMA application_id={ApplicationId}; PRAGMA user_version={SchemaVersion}; COMMIT");
        }
        else if (connection.Ask("PRAGMA application_id") == ApplicationId.ToString(CultureInfo.InvariantCulture) && connection.Ask("PRAGMA user_version") == "1")
        {
            connection.Execute($"BEGIN IMMEDIATE; {ToVersion2} PRAGMA user_version={SchemaVersion}; COMMIT");
        }
        RequireOurs(connection);
        BringHome(connection);
    }

    /// <summary>
    /// Moves what the write-ahead log holds into the file before anything of it is believed. After a failed fsync the kernel may hold
    /// pages that are not on disk and call them clean; reading them would show a commit that a loss of power takes back after it was
    /// signed for. Written again into the file and synced there, they are on disk or an error is.
    /// </summary>
    private void BringHome(SqliteConnection connection)
    {
        if (!RunCheckpoint(connection, "FULL"))
        {
            throw new LogStoreException(LogStoreFailure.Conflict, $"{_path} is being read by a process that does not let go of it.");
        }
    }

    /// <summary>Copies the write-ahead log into the file. False when a reader or another writer stood in the way.</summary>
    public static bool RunCheckpoint(SqliteConnection connection, string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var row = command.ExecuteReader();
        return row.Read() && row.GetInt64(0) == 0;
    }

    private void RequireOurs(SqliteConnection connection)
    {
        var application = connection.Ask("PRAGMA application_id");
        var version = connection.Ask("PRAGMA user_version");
        if (application != ApplicationId.ToString(CultureInfo.InvariantCulture) || version != SchemaVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new LogStoreException(LogStoreFailure.Corrupt, $"{_path} is not a court log of version {SchemaVersion} (id {application}, version {version}).");
        }
    }

    /// <summary>A reader on loan.</summary>
    public readonly struct Lease(LogDatabase database, LogReader reader) : IDisposable
    {
        public LogReader Reader => reader;

        public void Dispose() => database.Return(reader);
    }
}
