using Cinnabar.Evidence;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>A log in one SQLite file, durable at every commit (<c>journal_mode=WAL, synchronous=FULL</c>).</summary>
/// <remarks>
/// One process writes: a lock beside the file refuses a second one. Others may read the file at the same time
/// (<see cref="OpenForReading"/>). Reads are synchronous and come from the operating system's cache most of the time.
/// Tables, locks and file systems to avoid: README.md beside this file.
/// </remarks>
public sealed class SqliteLogStore : ILogStore
{
    private readonly LogDatabase _database;
    private readonly FileStream? _writerLock;
    private readonly LogWriter? _writer;

    private SqliteLogStore(LogDatabase database, FileStream? writerLock, LogWriter? writer)
    {
        _database = database;
        _writerLock = writerLock;
        _writer = writer;
    }

    /// <summary>Called after each step of a commit by the thread that did it: tests kill the process there.</summary>
    internal Action<LogStep>? TestingOnlyAfterStep
    {
        set => (_writer ?? throw new InvalidOperationException("This store only reads.")).AfterStep = value;
    }

    /// <summary>Opens a log for its one writer; creates the file, not its directory, where there is none.</summary>
    /// <exception cref="LogStoreException">
    /// <see cref="LogStoreFailure.Conflict"/> while another process writes; <see cref="LogStoreFailure.Corrupt"/> for a file that is not a
    /// log of this version; otherwise the disk failed.
    /// </exception>
    public static SqliteLogStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writerLock = TakeWriterLock(path + ".writer");
        try
        {
            var database = new LogDatabase(path, readOnly: false);
            try
            {
                return new SqliteLogStore(database, writerLock, new LogWriter(database));
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a log for reading beside its writer, as fsck does. The writing methods throw <see cref="InvalidOperationException"/>.</summary>
    /// <exception cref="LogStoreException">There is no such log, or it cannot be read.</exception>
    public static SqliteLogStore OpenForReading(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var database = new LogDatabase(path, readOnly: true);
        try
        {
            using var reader = database.Rent();
            return new SqliteLogStore(database, null, null);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(LogCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        Writer.Append(commit);
    }

    /// <inheritdoc/>
    public void SaveCheckpoint(long size, ReadOnlyMemory<byte> note) => Writer.SaveCheckpoint(size, note);

    /// <inheritdoc/>
    public void Tidy() => Writer.Tidy();

    /// <inheritdoc/>
    public StoredHead? ReadHead() => Read(reader => reader.ReadHead());

    /// <inheritdoc/>
    public byte[]? ReadEntry(long index) => Read(reader => reader.ReadEntry(index));

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ReadEntries(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Read(reader => reader.ReadEntries(first, count));
    }

    /// <inheritdoc/>
    public long? FindEntry(Digest id) => Read(reader => reader.FindEntry(id));

    /// <inheritdoc/>
    public byte[]? ReadTile(int level, long index) => Read(reader => reader.ReadTile(level, index));

    /// <inheritdoc/>
    public byte[]? ReadCheckpoint(long size) => Read(reader => reader.ReadCheckpoint(size));

    /// <inheritdoc/>
    public byte[]? ReadLastCheckpoint() => Read(reader => reader.ReadLastCheckpoint());

    /// <inheritdoc/>
    public byte[]? ReadCheckpointUpTo(long size) => Read(reader => reader.ReadCheckpointUpTo(size));

    /// <inheritdoc/>
    public IReadOnlyList<long> ReadMarks() => Read(reader => reader.ReadMarks());

    /// <summary>Closes the file and gives the writer's lock back.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _database.Dispose();
        _writerLock?.Dispose();
    }

    private LogWriter Writer => _writer ?? throw new InvalidOperationException("This store was opened for reading.");

    private T Read<T>(Func<LogReader, T> read)
    {
        using var lease = _database.Rent();
        try
        {
            return read(lease.Reader);
        }
        catch (SqliteException exception)
        {
            throw SqliteFailure.Translate(exception, "read");
        }
    }

    private static FileStream TakeWriterLock(string path)
    {
        try
        {
            // FileShare.None is flock on Linux: the kernel lets go of it when the process dies, however it dies.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            var held = !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? LogStoreFailure.Io : LogStoreFailure.Conflict;
            throw new LogStoreException(held, $"The writer's lock {path} cannot be taken: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new LogStoreException(LogStoreFailure.Io, $"The writer's lock {path} cannot be opened: {exception.Message}", exception);
        }
    }
}
