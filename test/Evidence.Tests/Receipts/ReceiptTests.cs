using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private const int MutantsMin = 5_000;

    private readonly VerificationKey _key = new(SampleCourt.LogKey.PublicKey);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    public void Receipt_of_every_entry_proves_that_entry_and_no_other(int size)
    {
        var log = Log(size);
        for (var i = 0; i < size; i++)
        {
            Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(log.Receipt(i), log.Entries[i], SampleCourt.Origin, _key, out var root));
            Assert.Equal(log.Root, root);
            Assert.Equal(ReceiptVerdict.SignatureInvalid, ReceiptVerifier.Verify(log.Receipt(i), log.Entries[(i + 1) % size], SampleCourt.Origin, _key, out root));
            Assert.Equal(default, root);
        }
    }

    [Fact]
    public void Tree_of_one_entry_has_no_receipt()
    {
        var log = Log(1);
        Assert.Throws<ArgumentException>(() => log.Receipt(0));
    }

    [Fact]
    public void Receipt_is_not_cut_from_a_root_that_the_path_does_not_lead_to()
    {
        var log = Log(5);
        var other = new ReceiptIssuer(SampleCourt.Origin, SampleCourt.LogKey).Sign(Log(6).Root);
        Assert.Throws<ArgumentException>(() => other.CutReceipt(TreeHash.OfLeaf(log.Entries[2]), log.Prove(2)));
    }

    [Fact]
    public void Origin_that_no_checkpoint_could_bear_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ReceiptIssuer("two words", SampleCourt.LogKey));

    /// <summary>ledger.md, goal G5: a receipt of one court at 2^27 entries has at most 1.1 KB.</summary>
    [Fact]
    public void Receipt_at_2_to_the_27_has_at_most_1100_bytes()
    {
        const long Size = 1L << 27;
        var leaf = TreeHash.OfLeaf("entry"u8);
        var proof = MerkleTree.ProveInclusion(5, Size, (level, index) => level == 0 && index == 5 ? leaf : Digest.Of([(byte)level]));
        Assert.True(proof.TryComputeRoot(leaf, out var root));
        var receipt = new ReceiptIssuer(SampleCourt.Origin, SampleCourt.LogKey).Sign(root).CutReceipt(leaf, proof);

        Assert.InRange(receipt.Length, 1, 1_126);
        Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(receipt, "entry"u8, SampleCourt.Origin, _key, out _));
    }

    /// <summary>
    /// The shape of the sample in RFC 9942 (ledger.md 4.2): key "test-key-1", header order 1, 4, 395, 15, size 5, leaf 3,
    /// three hashes, 250 bytes. RFC 9942 allows that order; ours does not, and our key ids are thumbprints.
    /// </summary>
    [Fact]
    public void Sample_of_the_rfc_is_refused_for_its_order_and_once_ordered_only_for_its_key_id()
    {
        const string Claims = "0fa10178" + "28" + "68747470733a2f2f7472616e73706172656e63792d736572766963652e6578616d706c652e636f6d";
        const string Vds = "19018b01";
        const string Kid = "044a746573742d6b65792d31";
        var hash = "5820" + new string('a', 64);
        var proof = "8305" + "03" + "83" + hash + hash + hash;
        string Sample(string header) => "d284" + "5840" + "a4" + "0126" + Kid + header + "a119018ca12081" + "586a" + proof + "f6" + "5840" + new string('1', 128);

        var asPublished = Convert.FromHexString(Sample(Vds + Claims));
        Assert.Equal(250, asPublished.Length);
        Assert.Equal(ReceiptVerdict.NotCanonical, Receipt.TryParse(asPublished, out _, out var detail));
        Assert.Contains(nameof(CborRule.KeyOrder), detail, StringComparison.Ordinal);
        Assert.Equal(ReceiptVerdict.ClaimInvalid, Receipt.TryParse(Convert.FromHexString(Sample(Claims + Vds)), out _, out detail));
        Assert.Contains("thumbprint", detail, StringComparison.Ordinal);
    }

    /// <summary>RFC 9942 signs the root alone, so index and size are to be held against a checkpoint (receipt.md, section 2).</summary>
    [Fact]
    public void Size_and_index_can_be_changed_together_while_entry_and_root_stay()
    {
        var log = Log(3);
        var cose = CoseSign1.Parse(log.Receipt(2));
        var proof = CborValue.Array(CborValue.Integer(2), CborValue.Integer(1), CborValue.Array([.. log.Prove(2).Path.Select(CborValue.Bytes)])).Encode();
        var moved = CoseSign1.Encode(
            cose.ProtectedHeader.Span, CborValue.Map((396, CborValue.Map((-1, CborValue.Array(CborValue.Bytes(proof)))))), null, cose.Signature.Span);

        Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(moved, log.Entries[2], SampleCourt.Origin, _key, out var root));
        Assert.Equal(log.Root, root);
    }

    /// <summary>ledger.md, goal G15. What is not signed, the size, may change as long as the same path leads from the same entry to the same root.</summary>
    [Fact]
    public void Every_mutant_of_a_receipt_is_refused_or_proves_the_same()
    {
        var log = Log(33);
        var bytes = log.Receipt(4);
        var mutants = 0;
        for (var place = 0; place < bytes.Length; place++)
        {
            foreach (var change in (byte[])[1, 2, 4, 8, 16, 32, 64, 128, 0xff, 0x18, 0x55, 0xaa, 3, 5, 9, 17])
            {
                var mutant = (byte[])bytes.Clone();
                mutant[place] ^= change;
                if (ReceiptVerifier.Verify(mutant, log.Entries[4], SampleCourt.Origin, _key, out var root) == ReceiptVerdict.Valid)
                {
                    Receipt.TryParse(mutant, out var parsed, out _);
                    Assert.NotEqual(33, parsed!.Proof.TreeSize);
                    Assert.Equal((log.Root, 4), (root, parsed.Proof.LeafIndex));
                    Assert.Equal(log.Prove(4).Path, parsed.Proof.Path);
                }

                mutants++;
            }
        }

        Assert.InRange(mutants, MutantsMin, int.MaxValue);
    }

    [Fact]
    public void Cut_short_anywhere_a_receipt_is_not_canonical()
    {
        var bytes = Log(5).Receipt(1);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ReceiptVerdict.NotCanonical, Receipt.TryParse(bytes.AsSpan(0, length), out _, out _));
        }
    }

    private static SampleLog Log(int size)
    {
        var log = new SampleLog(SampleCourt.Origin, SampleCourt.LogKey);
        for (var i = 0; i < size; i++)
        {
            log.Append([(byte)i]);
        }

        return log;
    }
}
