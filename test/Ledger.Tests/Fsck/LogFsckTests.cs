using System.Collections.Concurrent;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests.Fsck;

/// <summary>Starts from a sound log in a directory and spoils one file each.</summary>
public sealed class LogFsckTests : IAsyncLifetime
{
    private const int EntryCount = 66_000;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var store = new MemoryLogStore();
        await using var log = TestLog.Open(store, new CourtLogOptions { BatchEntriesMax = 4095, QueueEntriesMax = 100_000 });
        await TestLog.AppendAsync(log, 1, EntryCount - 1);
        await TileExport.WriteAsync(log.Tiles, _folder.Path, Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One log for many single faults: each is undone before the next.</summary>
    [Fact]
    public async Task Each_single_fault_is_found_and_named()
    {
        var sound = await RunAsync();
        Assert.Equal((FsckVerdict.Sound, (long)EntryCount, (long)EntryCount), (sound.Verdict, sound.TreeSize, sound.EntriesChecked));

        await SpoilAsync("tile/entries/100", Flip(2 + 6), FsckVerdict.EntryMismatch, 25_600, "Entry 25600 ");
        await SpoilAsync("tile/entries/100", bytes => bytes[..^1], FsckVerdict.EntriesMalformed, 25_600, "tile/entries/100 ");
        await SpoilAsync("tile/entries/100", null, FsckVerdict.EntriesMissing, 25_600, "tile/entries/100 ");
        await SpoilAsync("tile/entries/257.p/208", Flip(3), FsckVerdict.EntryMismatch, 65_792, "Entry 65792 ");
        await SpoilAsync("tile/0/003", Flip(32 * 7), FsckVerdict.EntryMismatch, 775, "Entry 775 ");
        await SpoilAsync("tile/0/003", bytes => bytes[..^32], FsckVerdict.TileMalformed, -1, "tile/0/003 ");
        await SpoilAsync("tile/0/003", null, FsckVerdict.TileMissing, -1, "tile/0/003 ");
        await SpoilAsync("tile/1/000", Flip(32 * 5), FsckVerdict.TileMismatch, -1, "Hash 5 of tile/1/000 ");
        await SpoilAsync("tile/1/001.p/1", Flip(0), FsckVerdict.TileMismatch, -1, "Hash 0 of tile/1/001.p/1 ");
        await SpoilAsync("tile/2/000.p/1", null, FsckVerdict.TileMissing, -1, "tile/2/000.p/1 ");
        await SpoilAsync("checkpoint", null, FsckVerdict.CheckpointMissing, -1, "no checkpoint");
        await SpoilAsync("checkpoint", Flip(3), FsckVerdict.CheckpointRefused, -1, "WrongOrigin (40)");
        await SpoilAsync("checkpoint", _ => Signed(2, EntryCount), FsckVerdict.CheckpointRefused, -1, "SignatureMissing (60)");
        await SpoilAsync("checkpoint", _ => Signed(1, EntryCount), FsckVerdict.RootMismatch, -1, "lead to the root");
        await SpoilAsync("checkpoint", _ => Signed(1, EntryCount + 1), FsckVerdict.EntriesMissing, 65_792, "tile/entries/257.p/209 ");

        Assert.True((await RunAsync()).IsSound);
    }

    [Fact]
    public async Task Entry_that_the_courts_check_refuses_is_named_and_the_first_one_counts()
    {
        var report = await RunAsync(entry => entry.Index is 5_000 or 4_999 or 60_000 ? "revoked key" : null);

        Assert.Equal((FsckVerdict.EntryRefused, 4_999), (report.Verdict, report.EntryIndex));
        Assert.Equal("Entry 4999 is refused: revoked key", report.Sentence);
    }

    [Fact]
    public async Task Progress_ends_at_the_size()
    {
        var seen = new ConcurrentQueue<FsckProgress>();
        var fsck = new LogFsck(new DirectoryTileSource(_folder.Path), null);
        await fsck.RunAsync(TestLog.Origin, [TestLog.NoteKey], new Direct(seen), Cancellation);

        Assert.Equal(new FsckProgress(EntryCount, EntryCount), seen.Last());
        Assert.Equal(seen.OrderBy(progress => progress.EntriesChecked), seen);
    }

    private async Task SpoilAsync(string path, Func<byte[], byte[]>? spoil, FsckVerdict verdict, long index, string words)
    {
        var file = Path.Combine(_folder.Path, path);
        var good = await File.ReadAllBytesAsync(file, Cancellation);
        if (spoil is null)
        {
            File.Delete(file);
        }
        else
        {
            await File.WriteAllBytesAsync(file, spoil([.. good]), Cancellation);
        }
        var report = await RunAsync();
        await File.WriteAllBytesAsync(file, good, Cancellation);

        Assert.Equal((verdict, index), (report.Verdict, report.EntryIndex));
        Assert.Contains(words, report.Sentence, StringComparison.Ordinal);
    }

    private Task<FsckReport> RunAsync(EntryCheck? check = null) =>
        new LogFsck(new DirectoryTileSource(_folder.Path), check).RunAsync(TestLog.Origin, [TestLog.NoteKey], null, Cancellation);

    private static Func<byte[], byte[]> Flip(int position) => bytes =>
    {
        bytes[position] ^= 1;
        return bytes;
    };

    private static byte[] Signed(byte key, long size)
    {
        using var signingKey = TestLog.NewKey(key);
        return new CheckpointSigner(TestLog.Origin, signingKey).Sign(size, Evidence.Digest.Of("other"u8));
    }

    private sealed class Direct(ConcurrentQueue<FsckProgress> seen) : IProgress<FsckProgress>
    {
        public void Report(FsckProgress value) => seen.Enqueue(value);
    }
}
