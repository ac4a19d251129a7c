using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests;

/// <summary>Proofs and receipts, checked as a stranger would.</summary>
public sealed class CourtLogProofTests : IDisposable
{
    private readonly MemoryLogStore _store = new();

    public void Dispose() => _store.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proofs_lead_to_every_root_the_log_has_had()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 700);
        var size = log.Head.Size;

        foreach (var older in new[] { 1L, 2, 255, 256, 257, 512, 700, size })
        {
            var root = log.RootAt(older);
            Assert.True(log.ProveConsistency(older, size).Verify(root, log.Head.Root));
            Assert.True(log.ProveInclusion(older - 1, older).Verify(TreeHash.OfLeaf(log.ReadEntry(older - 1)!.Value.Span), root));
        }
    }

    [Fact]
    public async Task Proof_beyond_the_head_is_refused()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveInclusion(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveInclusion(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.ProveConsistency(2, 5));
        Assert.Null(log.ReadEntry(4));
        Assert.Null(log.ReadEntry(-1));
        Assert.Null(log.ReadCheckpoint(5));
    }

    [Fact]
    public async Task Receipt_verifies_offline()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 300);

        var receipt = log.CutReceipt(42, log.Head.Size);

        var verdict = ReceiptVerifier.Verify(receipt, TestLog.Entry(42), TestLog.Origin, TestLog.PublicKey, out var root);
        Assert.Equal(ReceiptVerdict.Valid, verdict);
        Assert.Equal(log.Head.Root, root);
    }

    [Fact]
    public async Task Receipt_is_cut_for_the_head_that_is_asked_for()
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 300);

        var receipt = log.CutReceipt(0, 17);

        Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt, TestLog.Genesis, TestLog.Origin, TestLog.PublicKey, out var root));
        Assert.Equal(log.RootAt(17), root);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(17, 17)]
    [InlineData(3, 302)]
    [InlineData(-1, 10)]
    public async Task Receipt_that_cannot_be_is_refused(long index, long size)
    {
        await using var log = TestLog.Open(_store);
        await TestLog.AppendAsync(log, 1, 300);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.CutReceipt(index, size));
    }
}
