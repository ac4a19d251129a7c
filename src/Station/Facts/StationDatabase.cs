using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Facts;

/// <summary>The station's state beside the log: one SQLite file, one writer at a time, any number of readers.</summary>
/// <remarks>
/// Every commit is durable (<c>synchronous=FULL</c>): timers and warnings are rows here, and a row that a power cut takes
/// back would be a warning that falls silent. Each module creates and owns its own tables.
/// </remarks>
internal sealed class StationDatabase : IDisposable
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();
    private readonly string _part;
    private string? _failure;

    /// <param name="health">Told when commits fail and when they succeed again; null keeps it to itself.</param>
    public StationDatabase(string path, HealthBoard? health = null)
    {
        SQLitePCL.Batteries_V2.Init();
        Health = health ?? new HealthBoard(TimeProvider.System);
        _part = $"database:{Path.GetFileNameWithoutExtension(path)}";
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
        _writer = new SqliteConnection(_connectionString);
        _writer.Open();
        
        // What is deleted is overwritten: erasing a person must not leave the name in a free page.
        Execute(_writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;");
        Health.Watch(_part, Probe);
    }

    /// <summary>Where the database, and who lives on it, says how it does.</summary>
    public HealthBoard Health { get; }

    /// <summary>Creates tables; written so that doing it again changes nothing.</summary>
    public void Migrate(string sql)
    {
        lock (_writing)
        {
            Execute(_writer, sql);
        }
    }

    /// <summary>Runs one transaction; it is durable when this returns. An exception rolls it back.</summary>
    /// <remarks>The work must not wait for anything else: every other writer of the station waits for it.</remarks>
    public T Write<T>(Func<SqliteTransaction, T> work)
    {
        lock (_writing)
        {
            try
            {
                using var transaction = _writer.BeginTransaction();
                var result = work(transaction);
                transaction.Commit();
                Tell(null);
                return result;
            }
            catch (SqliteException failure)
            {
                Tell(failure);
                throw;
            }
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteTransaction> work) => Write(transaction =>
    {
        work(transaction);
        return true;
    });

    /// <summary>Moves what was committed into the file and cuts the journal, which still holds what was erased. Readers in its way put it off to a later one.</summary>
    public void EmptyJournal()
    {
        lock (_writing)
        {
            Execute(_writer, "PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    /// <summary>Runs a query on a connection of its own, which sees the last commit and blocks nobody.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return query(connection);
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _writer.Dispose();
        }

        using var pool = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(pool);
    }

    // Under the writer's lock.
    private void Tell(SqliteException? failure)
    {
        if ((failure is null) != (_failure is null))
        {
            Health.Announce(_part, failure is null ? HealthLevel.Good : HealthLevel.Failed, failure?.Message ?? "");
        }

        Volatile.Write(ref _failure, failure?.Message);
    }

    // The last commit, and whether it can be read now.
    private (HealthLevel Level, string Detail) Probe()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            return (HealthLevel.Failed, failure);
        }

        try
        {
            Read(c =>
            {
                using var command = c.CreateCommand();
                command.CommandText = "SELECT count(*) FROM sqlite_schema";
                return command.ExecuteScalar();
            });
            return (HealthLevel.Good, "");
        }
        catch (SqliteException e)
        {
            return (HealthLevel.Failed, e.Message);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this program's modules come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
