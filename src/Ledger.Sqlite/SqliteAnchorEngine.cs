using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>The embedded anchor engine: one SQLite file, of one court or shared by the courts of one machine.</summary>
/// <remarks>
/// Rows are numbered without a gap, so a removed one shows. It proves nothing to anybody who does not trust the machine: courts that
/// want that take etcd or a chain. Tables and file systems to avoid: README.md beside this file.
/// </remarks>
public sealed class SqliteAnchorEngine : IAnchorEngine
{
    /// <summary>"CNBA" in the file's header.</summary>
    private const int ApplicationId = 0x434E4241;

    private const int PlacesRead = 256;

    private const string Schema = """
        CREATE TABLE engine (id INTEGER PRIMARY KEY CHECK (id = 1), identity TEXT NOT NULL) STRICT;
        INSERT INTO engine (id, identity) VALUES (1, 'sqlite:' || lower(hex(randomblob(16))));
        CREATE TABLE anchor (position INTEGER PRIMARY KEY, log BLOB NOT NULL, size INTEGER NOT NULL, checkpoint BLOB NOT NULL, UNIQUE (log, size)) STRICT;
        """;

    // Another process's commit gives no sign: how long one may go unseen.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(250);

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private TaskCompletionSource _appended = NewSignal();
    private bool _disposed;

    private SqliteAnchorEngine(SqliteConnection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <summary>Opens the engine in a file, or creates it there. Other processes may have it open.</summary>
    /// <param name="time">Decides when other processes' anchors are looked for: every 250 ms.</param>
    /// <exception cref="LogStoreException">The file cannot be opened, or is no anchor engine.</exception>
    public static SqliteAnchorEngine Open(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new SqliteAnchorEngine(SideFile.Open(path, ApplicationId, Schema), time);
    }

    /// <inheritdoc/>
    public Task AppendAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        // A commit waits for the disk, and for other processes' commits: not on the caller's thread.
        return Task.Run(() => Locked(() => Append(anchor)), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnchorPlace> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var appended = Volatile.Read(ref _appended).Task;
            var places = Locked(() => Read(from));
            foreach (var place in places)
            {
                if (place.Position != from + 1)
                {
                    throw new AnchorEngineException(AnchorFailure.Lied, $"Row {from + 1} of the anchor engine is gone; the next one is {place.Position}.")
                    {
                        Evidence = place.Record,
                    };
                }

                yield return place;
                from = place.Position;
            }

            if (places.Count == 0)
            {
                await Task.WhenAny(appended, Task.Delay(s_lookEvery, _time, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public Task<EngineIdentity> IdentityAsync(CancellationToken cancellationToken) => Task.Run(
        () => Locked(() =>
        {
            using var command = Command("SELECT identity, (SELECT coalesce(max(position), 0) FROM anchor) FROM engine");
            using var row = command.ExecuteReader();
            return row.Read()
                ? new EngineIdentity(row.GetString(0), row.GetInt64(1))
                : throw new AnchorEngineException(AnchorFailure.Refused, "The anchor engine's file has lost its identity.");
        }),
        cancellationToken);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private bool Append(Anchor anchor)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        using var find = Command("SELECT checkpoint FROM anchor WHERE log = $1 AND size = $2", anchor.Log.ToArray(), anchor.Size);
        if (find.ExecuteScalar() is byte[] stored && stored.AsSpan().SequenceEqual(anchor.Checkpoint.ToArray()))
        {
            return false;
        }

        using var insert = Command(
            """
            INSERT INTO anchor (position, log, size, checkpoint)
            SELECT (SELECT coalesce(max(position), 0) + 1 FROM anchor), $1, $2, $3
            WHERE NOT EXISTS (SELECT 1 FROM anchor WHERE log = $1 AND size >= $2)
            """,
            anchor.Log.ToArray(), anchor.Size, anchor.Checkpoint.ToArray());
        if (insert.ExecuteNonQuery() == 0)
        {
            throw new AnchorEngineException(AnchorFailure.Stale, $"The log's last anchor is not below {anchor.Size}.");
        }

        transaction.Commit();
        Interlocked.Exchange(ref _appended, NewSignal()).SetResult();
        return true;
    }

    private List<AnchorPlace> Read(long from)
    {
        using var command = Command("SELECT position, log, size, checkpoint FROM anchor WHERE position > $1 ORDER BY position LIMIT $2", from, PlacesRead);
        using var row = command.ExecuteReader();
        var places = new List<AnchorPlace>();
        while (row.Read())
        {
            var position = row.GetInt64(0);
            var reference = string.Create(CultureInfo.InvariantCulture, $"row {position}");
            places.Add(new AnchorPlace(position, Record(row), reference));
        }

        return places;
    }

    // Whatever stands in the row goes out as it stands: judging it is the book's business.
    private static byte[] Record(SqliteDataReader row)
    {
        var size = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(size, row.GetInt64(2));
        return [.. row.GetFieldValue<byte[]>(1), .. size, .. row.GetFieldValue<byte[]>(3)];
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return work();
            }
            catch (SqliteException exception)
            {
                throw new AnchorEngineException(AnchorFailure.Unreachable, $"The anchor engine's file: {exception.Message}", exception);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
