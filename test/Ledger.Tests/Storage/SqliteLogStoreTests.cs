using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Tests.Storage;

public sealed class SqliteLogStoreTests : LogStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    public override ILogStore Open() => SqliteLogStore.Open(_folder.LogPath);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Second_writer_is_refused_while_the_first_is_open()
    {
        using (Open())
        {
            Assert.Equal(LogStoreFailure.Conflict, Assert.Throws<LogStoreException>(Open).Failure);
        }
        using var after = Open();
    }

    [Fact]
    public void Reader_beside_the_writer_sees_commits_and_cannot_write()
    {
        using var writer = Open();
        using var reader = SqliteLogStore.OpenForReading(_folder.LogPath);
        Assert.Null(reader.ReadHead());
        var commit = OneEntry();
        writer.Append(commit);

        Assert.Equal(1, reader.ReadHead()!.Size);
        Assert.Throws<InvalidOperationException>(() => reader.Append(commit));
    }

    [Fact]
    public void Missing_file_cannot_be_opened_for_reading() =>
        Assert.Throws<LogStoreException>(() => SqliteLogStore.OpenForReading(_folder.LogPath));

    [Fact]
    public void Missing_directory_is_an_io_failure() =>
        Assert.Equal(
            LogStoreFailure.Io,
            Assert.Throws<LogStoreException>(() => SqliteLogStore.Open(Path.Combine(_folder.Path, "none", "log.db"))).Failure);

    [Fact]
    public void File_that_is_no_database_is_refused()
    {
        File.WriteAllBytes(_folder.LogPath, [.. Enumerable.Repeat((byte)'x', 8192)]);
        Assert.Equal(LogStoreFailure.Corrupt, Assert.Throws<LogStoreException>(Open).Failure);
    }

    [Fact]
    public void Database_of_another_program_is_refused()
    {
        Execute("CREATE TABLE theirs (x)");
        Assert.Equal(LogStoreFailure.Corrupt, Assert.Throws<LogStoreException>(Open).Failure);
    }

    [Fact]
    public void Log_of_version_1_is_brought_to_version_2_and_has_no_marks()
    {
        using (var store = Open())
        {
            store.Append(OneEntry());
        }
        Execute("DROP TABLE mark; PRAGMA user_version=1");

        using var again = Open();

        Assert.Equal(1, again.ReadHead()!.Size);
        Assert.Empty(again.ReadMarks());
    }

    [Fact]
    public void Log_of_a_newer_version_is_refused()
    {
        Open().Dispose();
        Execute("PRAGMA user_version=3");
        Assert.Equal(LogStoreFailure.Corrupt, Assert.Throws<LogStoreException>(Open).Failure);
    }

    [Fact]
    public void Entries_with_the_same_hash_prefix_are_told_apart()
    {
        using (var store = Open())
        {
            store.Append(OneEntry());
        }
        // Another entry under the same eight bytes, as somebody who works for a collision would have it.
        Execute("INSERT INTO entry (position, bytes) VALUES (7, x'00'); INSERT INTO entry_id (prefix, position) SELECT prefix, 7 FROM entry_id");
        using var again = Open();

        Assert.Equal(0, again.FindEntry(Digest.Of(TestLog.Entry(0))));
    }

    private static LogCommit OneEntry()
    {
        var entry = TestLog.Entry(0);
        return new LogCommit(0, [new NewEntry(entry, Digest.Of(entry))], [], Frontier.Empty.Append([TreeHash.OfLeaf(entry)]));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.LogPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
