using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Tests;

/// <summary>What a log does about a store or a key that is not as it left it.</summary>
public sealed class CourtLogRecoveryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_without_signature_is_signed_at_the_next_start()
    {
        await FillAsync(5);
        Execute("DELETE FROM checkpoint WHERE size > 3");
        using var store = SqliteLogStore.Open(_folder.LogPath);
        await using var log = TestLog.Open(store);

        Assert.True(log.Health.IsWriting);
        Assert.Equal(5, log.Head.Size);
        Assert.True((await TestLog.FsckAsync(store)).IsSound);
    }

    [Theory]
    [InlineData("UPDATE entry SET bytes = x'00' WHERE position = 299", "Entry 299 does not have the hash")]
    [InlineData("DELETE FROM entry WHERE position = 299", "there are 43, not 44")]
    [InlineData("INSERT INTO entry (position, bytes) VALUES (300, x'00')", "there are 45, not 44")]
    [InlineData("UPDATE tile SET hashes = zeroblob(44 * 32) WHERE place = 1", "The stored tiles lead to the root")]
    [InlineData("UPDATE tile SET hashes = zeroblob(32) WHERE place = 1 << 56", "The stored tiles lead to the root")]
    [InlineData("DELETE FROM tile WHERE place = 1", "has 0 bytes")]
    [InlineData("UPDATE head SET size = 299", "do not belong together")]
    [InlineData("UPDATE head SET root = zeroblob(32)", "do not belong together")]
    [InlineData("UPDATE head SET frontier = x'00'", "do not belong together")]
    [InlineData("UPDATE head SET root = x'00'", "has 1 bytes")]
    [InlineData("DELETE FROM head", "no head")]
    [InlineData("UPDATE checkpoint SET note = x'00' WHERE size = 300", "not one this log signed (NotANote)")]
    [InlineData("UPDATE checkpoint SET size = 999 WHERE size = 300", "is stored under another")]
    public async Task Store_that_was_changed_is_read_but_not_written(string change, string words)
    {
        await FillAsync(300);
        Execute(change);
        using var store = SqliteLogStore.Open(_folder.LogPath);
        await using var log = TestLog.Open(store);

        Assert.Equal(LogStopReason.HeadMismatch, log.Health.Reason);
        Assert.Contains(words, log.Health.Sentence, StringComparison.Ordinal);
        Assert.Equal(AppendStatus.Stopped, (await log.AppendAsync(TestLog.Entry(1000), Cancellation)).Status);
        if (!change.Contains("checkpoint", StringComparison.Ordinal))
        {
            Assert.Equal(TestLog.Entry(7), log.ReadEntry(7)!.Value);
        }
    }

    [Fact]
    public async Task Store_put_back_to_an_older_state_beside_its_newest_checkpoint_is_not_written()
    {
        await FillAsync(10);
        byte[] newest;
        using (var store = SqliteLogStore.OpenForReading(_folder.LogPath))
        {
            newest = store.ReadLastCheckpoint()!;
        }
        using var older = new TempFolder();
        await FillAsync(5, older.LogPath);
        using (var store = SqliteLogStore.Open(older.LogPath))
        {
            store.SaveCheckpoint(10, newest);
        }
        using var again = SqliteLogStore.Open(older.LogPath);
        await using var log = TestLog.Open(again);

        Assert.Equal(LogStopReason.HeadMismatch, log.Health.Reason);
        Assert.Contains("A checkpoint of size 10 was signed, the store holds only 5 entries", log.Health.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_with_another_history_than_the_signed_one_is_not_written()
    {
        await FillAsync(5);
        using var key = TestLog.NewKey(1);
        var other = new CheckpointSigner(TestLog.Origin, key).Sign(4, Digest.Of("another root"u8));
        Execute("DELETE FROM checkpoint");
        using (var store = SqliteLogStore.Open(_folder.LogPath))
        {
            store.SaveCheckpoint(4, other);
        }
        using var again = SqliteLogStore.Open(_folder.LogPath);
        await using var log = TestLog.Open(again);

        Assert.Equal(LogStopReason.HeadMismatch, log.Health.Reason);
        Assert.Contains("was signed at size 4", log.Health.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_of_another_genesis_is_not_written()
    {
        await FillAsync(5);
        using var store = SqliteLogStore.Open(_folder.LogPath);
        var identity = TestLog.Identity with { Genesis = "another genesis"u8.ToArray() };
        await using var log = CourtLog.Open(store, identity, _ => null, TestLog.AtOnce(), TimeProvider.System);

        Assert.Equal(LogStopReason.GenesisMismatch, log.Health.Reason);
    }

    [Fact]
    public async Task Key_that_cannot_sign_stops_the_writer_and_the_next_start_signs_the_same_head()
    {
        using var store = new MemoryLogStore();
        using var key = new FailingKey();
        await using (var log = CourtLog.Open(store, TestLog.IdentityWith(key), _ => null, TestLog.AtOnce(), TimeProvider.System))
        {
            key.Fails = true;
            Assert.Equal(AppendStatus.Stopped, (await log.AppendAsync(TestLog.Entry(1), Cancellation)).Status);
            Assert.Equal(LogStopReason.SignerFailed, (await log.Stopped).Reason);
            Assert.Equal(1, log.Head.Size);
            Assert.Equal(TestLog.Genesis, log.ReadEntry(0)!.Value);
        }
        await using var again = TestLog.Open(store);

        Assert.Equal(2, again.Head.Size);
        Assert.Equal(new AppendResult(AppendStatus.AlreadySequenced, 1, 2, null), await again.AppendAsync(TestLog.Entry(1), Cancellation));
    }

    [Fact]
    public async Task Second_writer_in_the_same_store_stops_the_one_that_is_behind()
    {
        using var store = new MemoryLogStore();
        await using var first = TestLog.Open(store);
        await using var second = TestLog.Open(store);
        await first.AppendAsync(TestLog.Entry(1), Cancellation);

        Assert.Equal(AppendStatus.Stopped, (await second.AppendAsync(TestLog.Entry(2), Cancellation)).Status);
        Assert.Equal(LogStopReason.StoreConflict, second.Health.Reason);
        Assert.Equal(2, (await first.AppendAsync(TestLog.Entry(3), Cancellation)).Index);
        Assert.True((await TestLog.FsckAsync(store)).IsSound);
    }

    private async Task FillAsync(int size, string? path = null)
    {
        using var store = SqliteLogStore.Open(path ?? _folder.LogPath);
        await using var log = TestLog.Open(store);
        for (var i = 1; i < Math.Min(size, 5); i++)
        {
            await log.AppendAsync(TestLog.Entry(i), Cancellation);
        }
        await TestLog.AppendAsync(log, 5, Math.Max(0, size - 5));
        Assert.Equal(size, log.Head.Size);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.LogPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A key in a token that can be pulled out.</summary>
    private sealed class FailingKey : SigningKey, IDisposable
    {
        private readonly EcdsaSigningKey _key = TestLog.NewKey(1);

        public bool Fails { get; set; }

        public override CoseKey PublicKey => _key.PublicKey;

        public void Dispose() => _key.Dispose();

        protected override byte[] SignAnyS(ReadOnlySpan<byte> data) =>
            Fails ? throw new InvalidOperationException("token removed") : _key.Sign(data);
    }
}
