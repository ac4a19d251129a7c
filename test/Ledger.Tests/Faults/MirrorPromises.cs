using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Tests.Courts;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>Opens a broken child's mirror and holds it to everything that the child said: docs/design/ledger.md, I5.</summary>
internal static class MirrorPromises
{
    /// <returns>What it holds afterwards.</returns>
    public static async Task<long> AssertKeptAsync(string path, SampleCourts courts, IReadOnlyList<ChildProcess> children)
    {
        var owner = ChildMirror.Owner(courts, 41);
        using var verifier = new EpochVerifier(courts.First);
        using var noteKey = SampleLeague.NoteKey(1, 1);
        using var store = SqliteLogStore.Open(path);
        using var memory = new MemoryCourtMemory();
        using var mirror = ChildMirror.Open(courts, verifier, noteKey, store, memory);
        var status = mirror.Status;
        Assert.Equal(("", 0L), (status.Trouble, status.Size == 0 ? 0 : (status.Size - 1) % (ChildMirror.FactsOfABatch + 1)));
        Assert.Equal(status.Size, store.ReadHead()?.Size ?? 0);

        // Never a cosignature without its entries, nor one that anybody has and the disk has not.
        var said = children.SelectMany(c => c.Lines).Where(l => l.StartsWith("COSIGNED ", StringComparison.Ordinal)).Select(l => l.Split(' ')).ToArray();
        Assert.All(said, s => Assert.True(long.Parse(s[1], null) <= status.Size, $"{s[1]} was cosigned, {status.Size} is held."));
        if (status.Size > 0)
        {
            await AssertSoundAsync(store, courts, owner, status, verifier);
            var again = Take(mirror, new MirrorPush(status.Size, owner.NoteAt((int)status.Size), []));
            Assert.Equal(MirrorVerdict.Cosigned, again.Verdict);
            Assert.All(said.Where(s => s[1] == $"{status.Size}"), s => Assert.Equal(s[2..], again.Lines.Select(l => Convert.ToHexString(l.Signature.Span))));
        }

        // It goes on with this history, and with no other.
        var next = ChildMirror.SizeAfter(status.Size);
        Assert.Equal(MirrorVerdict.Cosigned, Take(mirror, owner.Push((int)status.Size, next)).Verdict);
        Assert.Equal(MirrorVerdict.Frozen, Take(mirror, owner.Fork(1).Batch(next - 2, "other").Push(0)).Verdict);
        return next;
    }

    private static MirrorAnswer Take(Mirror mirror, MirrorPush push) => mirror.Take(push, DateTimeOffset.FromUnixTimeMilliseconds(SampleLeague.TimeMs + 9_000));

    private static async Task AssertSoundAsync(SqliteLogStore store, SampleCourts courts, SampleOwner owner, MirrorStatus status, EpochVerifier verifier)
    {
        Assert.Equal(owner.RootAt((int)status.Size), status.Root);
        using var key = new Evidence.Cose.VerificationKey(courts[0].LogKey);
        var report = await new LogFsck(new StoreTileSource(store), null).RunAsync(
            courts[0].Origin, [new NoteKey(courts[0].Origin, key)], null, TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, report.Sentence);
        Assert.Equal(status.Size, report.TreeSize);
        Assert.Equal(CheckpointVerdict.Valid, verifier.Verify(store.ReadLastCheckpoint(), courts[0].Origin, out var vouched));
        Assert.Equal((status.Size, 1), (vouched!.Checkpoint.Size, vouched.Vouchers.Count));
    }
}
