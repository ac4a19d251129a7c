using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Tests.Setup;

/// <summary>Threat T16 of the domain: an entry of the log edited in the database.</summary>
public sealed class FsckTests : IAsyncLifetime
{
    private const int Statements = 600;

    private TestStation _station = null!;

    private string LogFile => Path.Combine(_station.Data.FullName, "log.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync();
        var sequencing = Enumerable.Range(0, Statements).Select(i => _station.Writer.Station(
            "heartbeat.back", TestCourt.Seal(1), CborValue.Map(("device", CborValue.Text($"seal-{i:D4}")))).Sequencing).ToArray();
        await Task.WhenAll(sequencing);
    }

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public async Task GoodLog_IsSound_BesideTheRunningStation()
    {
        var (code, said, told) = await RunAsync(_station.Data);

        Assert.Equal(0, code);
        Assert.StartsWith("SOUND: log.test.example/2026, 601 entries", said, StringComparison.Ordinal);
        Assert.Contains("signatures: 601 of 601 entries, 100 %", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EditedEntry_IsNamed_TheFirstOfTwo()
    {
        await EditAsync("UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE position = 5) WHERE position IN (399, 300)");

        var (code, said, _) = await RunAsync(_station.Data);

        Assert.Equal(1, code);
        Assert.StartsWith("DAMAGED 42 EntryMismatch at entry 300", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneFlippedByteInTheFile_IsNamed()
    {
        await _station.StopAsync();
        Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        var file = await File.ReadAllBytesAsync(LogFile, Stop);
        var at = file.AsSpan().IndexOf("seal-0123"u8);
        Assert.True(at > 0);
        file[at + 8] ^= 1;
        await File.WriteAllBytesAsync(LogFile, file, Stop);

        var (code, said, _) = await RunAsync(_station.Data);

        Assert.Equal(1, code);
        Assert.StartsWith("DAMAGED 42 EntryMismatch at entry 124", said, StringComparison.Ordinal);
        file[at + 8] ^= 1;
        await File.WriteAllBytesAsync(LogFile, file, Stop);
        Assert.Equal(0, (await RunAsync(_station.Data)).Code);
        await _station.StartAgainAsync();
    }

    [Fact]
    public async Task AlteredTile_IsNamed()
    {
        await EditAsync("UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE place = (SELECT max(place) FROM tile)");

        Assert.Equal(1, (await RunAsync(_station.Data)).Code);
    }

    [Fact]
    public async Task MissingEntry_IsDamage()
    {
        await EditAsync("DELETE FROM entry WHERE position = 77");

        Assert.Equal(1, (await RunAsync(_station.Data)).Code);
    }

    [Fact]
    public async Task GenesisOfAnotherCourt_IsDamage()
    {
        var genesis = Path.Combine(_station.Data.FullName, "genesis.cose");
        var own = await File.ReadAllBytesAsync(genesis, Stop);
        own[^1] ^= 1;
        await File.WriteAllBytesAsync(genesis, own, Stop);

        Assert.Equal(1, (await RunAsync(_station.Data)).Code);
    }

    [Fact]
    public async Task FolderWithoutALog_IsAWrongCall()
    {
        var empty = Directory.CreateTempSubdirectory("cinnabar-empty-");

        var (code, said, _) = await RunAsync(empty);

        Assert.Equal((2, ""), (code, said));
        empty.Delete();
    }

    private async Task EditAsync(string sql)
    {
        await _station.StopAsync();
        Sql(sql);
        await _station.StartAgainAsync();
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = LogFile, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(sql);
    }

    private static async Task<(int Code, string Said, string Told)> RunAsync(DirectoryInfo data)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await FsckCommand.RunAsync(data, output, errors, Stop);
        return (code, output.ToString(), errors.ToString());
    }
}
