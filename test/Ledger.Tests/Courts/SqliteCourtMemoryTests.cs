using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Courts;

public sealed class SqliteCourtMemoryTests : CourtMemoryConformance
{
    private readonly TempFolder _folder = new();
    private SqliteCourtMemory _memory;

    public SqliteCourtMemoryTests() => _memory = SqliteCourtMemory.Open(FilePath);

    protected override ICourtMemory Memory => _memory;

    private string FilePath => Path.Combine(_folder.Path, "memory.db");

    [Fact]
    public void File_of_another_program_is_refused()
    {
        var path = Path.Combine(_folder.Path, "other.db");
        using (SqliteLogStore.Open(path))
        {
        }

        var refused = Assert.Throws<LogStoreException>(() => SqliteCourtMemory.Open(path));

        Assert.Equal(LogStoreFailure.Corrupt, refused.Failure);
    }

    [Fact]
    public void File_that_is_no_database_is_refused()
    {
        var path = Path.Combine(_folder.Path, "text.db");
        File.WriteAllText(path, new string('x', 8192));

        Assert.Throws<LogStoreException>(() => SqliteCourtMemory.Open(path));
    }

    public override void Dispose()
    {
        _memory.Dispose();
        _folder.Dispose();
    }

    protected override void Reopen()
    {
        _memory.Dispose();
        _memory = SqliteCourtMemory.Open(FilePath);
    }
}
