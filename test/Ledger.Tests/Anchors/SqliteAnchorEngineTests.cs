using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Tests.Anchors;

public sealed class SqliteAnchorEngineTests : AnchorEngineConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "anchors.db");

    // Courts of one machine: each its own connection to one file, as processes have.
    protected override Task<IAnchorEngine> OpenAsync(int court) => Task.FromResult<IAnchorEngine>(SqliteAnchorEngine.Open(FilePath, TimeProvider.System));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RowTakenOutOfTheMiddle_IsALieWithEvidence()
    {
        await using var engine = await OpenAsync(0);
        for (var size = 1; size <= 3; size++)
        {
            await engine.AppendAsync(AnchorOf(0, size), Limit());
        }

        Execute("DELETE FROM anchor WHERE position = 2");
        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => TakeAsync(engine, 0, 3));
        Assert.Equal(AnchorFailure.Lied, failure.Failure);
        Assert.Equal(AnchorOf(0, 3).Encode(), failure.Evidence.ToArray());
    }

    [Fact]
    public async Task FileMadeAnew_HasAnotherIdentity()
    {
        string before;
        await using (var engine = await OpenAsync(0))
        {
            before = (await engine.IdentityAsync(Limit())).Value;
        }

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        await using var anew = await OpenAsync(0);
        Assert.NotEqual(before, (await anew.IdentityAsync(Limit())).Value);
    }

    [Fact]
    public async Task RowOfAnotherShape_IsShownAsItStands()
    {
        await using var engine = await OpenAsync(0);
        Execute("INSERT INTO anchor (position, log, size, checkpoint) VALUES (1, x'00', 1, x'00')");

        Assert.Equal(10, Assert.Single(await TakeAsync(engine, 0, 1)).Record.Length);
    }

    [Fact]
    public void FileOfAnotherProgram_IsRefused()
    {
        Execute("CREATE TABLE theirs (x)");
        Assert.Equal(LogStoreFailure.Corrupt, Assert.Throws<LogStoreException>(() => SqliteAnchorEngine.Open(FilePath, TimeProvider.System)).Failure);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
