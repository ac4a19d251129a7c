using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>A court's memory as one of several courts, in one SQLite file that is durable at every commit.</summary>
/// <remarks>One process writes it. Never put back from a backup: a promise that is forgotten is a promise that is broken. Tables: README.md beside this file.</remarks>
public sealed class SqliteCourtMemory : ICourtMemory
{
    /// <summary>"CNBM" in the file's header.</summary>
    private const int ApplicationId = 0x434E424D;

    private const string Schema = """
        CREATE TABLE evidence (serial INTEGER PRIMARY KEY, log TEXT NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL, UNIQUE (log, bytes)) STRICT;
        CREATE TABLE seal (log TEXT NOT NULL, epoch INTEGER NOT NULL, statement BLOB NOT NULL, PRIMARY KEY (log, epoch)) STRICT, WITHOUT ROWID;
        CREATE TABLE final (log TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    private SqliteCourtMemory(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, or creates it; not its directory.</summary>
    /// <exception cref="LogStoreException">It cannot be opened, or is another program's.</exception>
    public static SqliteCourtMemory Open(string path) => new(SideFile.Open(path, ApplicationId, Schema));

    /// <inheritdoc/>
    public IReadOnlyList<KeptEvidence> ReadEvidence(string origin) => Ask("SELECT bytes, at FROM evidence WHERE log = $1 ORDER BY serial", command =>
    {
        using var row = command.ExecuteReader();
        List<KeptEvidence> found = [];
        while (row.Read())
        {
            found.Add(new KeptEvidence(row.GetFieldValue<byte[]>(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))));
        }

        return found;
    }, origin);

    /// <inheritdoc/>
    public void SaveEvidence(string origin, KeptEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        Write(
            "INSERT INTO evidence (log, bytes, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            origin, evidence.Bytes.ToArray(), evidence.At.ToUnixTimeMilliseconds());
    }

    /// <inheritdoc/>
    public byte[]? ReadSeal(string origin, long epoch) =>
        Ask("SELECT statement FROM seal WHERE log = $1 AND epoch = $2", command => command.ExecuteScalar() as byte[], origin, epoch);

    /// <inheritdoc/>
    public void SaveSeal(string origin, long epoch, ReadOnlyMemory<byte> statement) =>
        Write("INSERT INTO seal (log, epoch, statement) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", origin, epoch, statement.ToArray());

    /// <inheritdoc/>
    public byte[]? ReadFinal(string origin) => Ask("SELECT note FROM final WHERE log = $1", command => command.ExecuteScalar() as byte[], origin);

    /// <inheritdoc/>
    public void SaveFinal(string origin, ReadOnlyMemory<byte> note) =>
        Write("INSERT OR REPLACE INTO final (log, note) VALUES ($1, $2)", origin, note.ToArray());

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private void Write(string sql, params ReadOnlySpan<object> values) => Ask(sql, command => command.ExecuteNonQuery(), values);

    private T Ask<T>(string sql, Func<SqliteCommand, T> run, params ReadOnlySpan<object> values)
    {
        lock (_gate)
        {
            try
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                for (var i = 0; i < values.Length; i++)
                {
                    command.Parameters.AddWithValue($"${i + 1}", values[i]);
                }

                return run(command);
            }
            catch (SqliteException exception)
            {
                throw SqliteFailure.Translate(exception, "keep or read what this court knows of others");
            }
        }
    }
}
