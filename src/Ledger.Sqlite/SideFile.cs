using System.Globalization;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>Opens the small SQLite files beside the log: the anchor engine that courts share, a court's own book of it, and its memory as one of several courts.</summary>
internal static class SideFile
{
    static SideFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>A connection to a file of this kind, which is created where there is none; durable at every commit.</summary>
    /// <exception cref="LogStoreException">It cannot be opened, or is another program's.</exception>
    public static SqliteConnection Open(string path, int applicationId, string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
                // Seconds that a statement waits for a lock: other courts of this machine commit to the same file.
                DefaultTimeout = 10,
            }.ToString());
            try
            {
                connection.Open();
                Prepare(connection, path, applicationId, schema);
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
            throw SqliteFailure.Translate(exception, $"open {path}");
        }
    }

    private static void Prepare(SqliteConnection connection, string path, int applicationId, string schema)
    {
        if (connection.Ask("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new LogStoreException(LogStoreFailure.Io, $"{path} lies on a file system without shared memory: SQLite refuses WAL there.");
        }

        connection.Execute("PRAGMA synchronous=FULL");
        connection.Execute("BEGIN IMMEDIATE");
        if (connection.Ask("PRAGMA user_version") == "0" && connection.Ask("SELECT count(*) FROM sqlite_master") == "0")
        {
            connection.Execute($"{schema} PRAGMA application_id={applicationId}; PRAGMA user_version=1");
        }

        connection.Execute("COMMIT");
        if (connection.Ask("PRAGMA application_id") != applicationId.ToString(CultureInfo.InvariantCulture) || connection.Ask("PRAGMA user_version") != "1")
        {
            throw new LogStoreException(LogStoreFailure.Corrupt, $"{path} belongs to another program, or to another version of this one.");
        }
    }
}
