using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Cosigning;

public sealed class EpochVerifierTests : IDisposable
{
    private static readonly byte[][] s_entries = [.. Enumerable.Range(0, 9).Select(i => new byte[] { (byte)i })];
    private static readonly Digest[] s_leaves = [.. s_entries.Select(e => TreeHash.OfLeaf(e))];
    private static readonly Checkpoint s_checkpoint = new(OriginOf(0), s_leaves.Length, MerkleTree.Root(s_leaves));

    private readonly EpochVerifier _courts = new(Epoch(5));

    [Fact]
    public void Four_of_five_make_it_final_and_three_do_not()
    {
        Assert.True(Verified(Note(s_checkpoint, 1, 0, 1, 2, 4)).IsFinal);
        Assert.False(Verified(Note(s_checkpoint, 1, 0, 1, 2)).IsFinal);
    }

    [Fact]
    public void A_court_that_signs_twice_has_one_voice()
    {
        var vouched = Verified(Note(s_checkpoint, 1, 0, 1, 2, 2, 2));

        Assert.Equal([CodeOf(0), CodeOf(1), CodeOf(2)], vouched.Vouchers.Select(v => v.Court.Code));
        Assert.False(vouched.IsFinal);
    }

    [Fact]
    public void The_time_is_the_median_of_the_cosigners() => Assert.Equal(1_767_225_602, Verified(Note(s_checkpoint, 1, 0, 1, 2, 3, 4)).MedianTimeSeconds);

    [Fact]
    public void A_cosignature_of_another_epoch_does_not_count() => Assert.Empty(Verified(Note(s_checkpoint, 2, 0, 1, 2, 3, 4)).Vouchers);

    [Fact]
    public void A_stranger_s_cosignature_does_not_count() => Assert.Empty(Verified(Note(s_checkpoint, 1, 7, 8)).Vouchers);

    [Fact]
    public void A_cosignature_of_another_log_is_refused()
    {
        var note = With(Note(s_checkpoint, 1, 1), Lines(s_checkpoint with { Origin = OriginOf(3) }, 2, 1, 0));
        Assert.Equal(CheckpointVerdict.SignatureInvalid, _courts.Verify(note, OriginOf(0), out _));
    }

    [Fact]
    public void A_cosignature_of_another_size_is_refused()
    {
        var note = With(Note(s_checkpoint, 1, 1), Lines(s_checkpoint with { Size = 8 }, 2, 1, 0));
        Assert.Equal(CheckpointVerdict.SignatureInvalid, _courts.Verify(note, OriginOf(0), out _));
    }

    [Fact]
    public void A_receipt_line_over_another_root_is_refused_although_the_note_line_is_right()
    {
        var other = Lines(s_checkpoint with { Root = Digest.Of("other"u8) }, 2, 1, 0);
        var right = Lines(s_checkpoint, 2, 1, 0);
        Assert.Equal(CheckpointVerdict.SignatureInvalid, _courts.Verify(With(Note(s_checkpoint, 1, 1), [right[0], other[1]]), OriginOf(0), out _));
    }

    [Fact]
    public void A_receipt_line_alone_is_no_voice() =>
        Assert.Empty(Verified(With(Note(s_checkpoint, 1), [Lines(s_checkpoint, 2, 1, 0)[1]])).Vouchers);

    [Fact]
    public void A_log_outside_the_epoch_is_refused() =>
        Assert.Equal(CheckpointVerdict.WrongOrigin, _courts.Verify(Note(s_checkpoint, 1, 1), "log.elsewhere.example/1", out _));

    [Fact]
    public void Without_the_owner_s_signature_cosignatures_are_nothing()
    {
        var note = SignedNote.Encode(s_checkpoint.ToText(), Enumerable.Range(0, 5).SelectMany(c => Lines(s_checkpoint, c, 1, 0)));
        Assert.Equal(CheckpointVerdict.SignatureMissing, _courts.Verify(note, OriginOf(0), out _));
    }

    [Fact]
    public void Every_court_s_receipt_verifies_under_its_own_key_and_no_other()
    {
        var vouched = Verified(Note(s_checkpoint, 1, 0, 1, 2, 3));
        var proof = MerkleTree.ProveInclusion(3, s_leaves.Length, Subtree);
        foreach (var voucher in vouched.Vouchers)
        {
            var receipt = voucher.CutReceipt(vouched.Checkpoint, s_leaves[3], proof)!;
            Assert.Equal(ReceiptVerdict.Valid, Receipt.TryParse(receipt, out var parsed, out _));
            using var key = new VerificationKey(voucher.Court.CosignerKey);
            using var other = new VerificationKey(Court(4, 1).CosignerKey);

            Assert.Equal(ReceiptVerdict.Valid, ReceiptVerifier.Verify(parsed!, s_entries[3], OriginOf(0), voucher.Name, key, out var root));
            Assert.Equal(s_checkpoint.Root, root);
            Assert.Equal(ReceiptVerdict.WrongLog, ReceiptVerifier.Verify(parsed!, s_entries[3], OriginOf(0), key, out _));
            Assert.Equal(ReceiptVerdict.WrongLog, ReceiptVerifier.Verify(parsed!, s_entries[3], OriginOf(1), voucher.Name, key, out _));
            Assert.Equal(ReceiptVerdict.KeyMismatch, ReceiptVerifier.Verify(parsed!, s_entries[3], OriginOf(0), voucher.Name, other, out _));
        }
    }

    [Fact]
    public void Compact_proof_comes_back_verifies_and_stays_small()
    {
        var written = TlogProof.Of(Verified(Note(s_checkpoint, 1, 0, 1, 2, 3, 4)), MerkleTree.ProveInclusion(3, s_leaves.Length, Subtree)).Encode();

        Assert.True(TlogProof.TryParse(written, out var proof));
        Assert.Equal(CheckpointVerdict.Valid, proof!.Verify(s_entries[3], OriginOf(0), _courts, out var vouched, out var included));
        Assert.True(included && vouched!.IsFinal);
        _ = proof.Verify(s_entries[4], OriginOf(0), _courts, out _, out included);
        Assert.False(included);

        // 27 hashes of 45 characters instead of four: the path at 2^27 entries.
        Assert.True(written.Length + ((27 - proof.Path.Count) * 45) <= 2_560, $"{written.Length} bytes");
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2")]
    [InlineData("index 3", "index 03")]
    [InlineData("index 3\n", "index 3\n\n")]
    public void Compact_proof_in_another_form_is_refused(string right, string wrong)
    {
        var text = System.Text.Encoding.UTF8.GetString(
            TlogProof.Of(Verified(Note(s_checkpoint, 1, 0)), MerkleTree.ProveInclusion(3, s_leaves.Length, Subtree)).Encode());
        Assert.False(TlogProof.TryParse(System.Text.Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)), out var proof)
            && proof!.Verify(s_entries[3], OriginOf(0), _courts, out _, out _) == CheckpointVerdict.Valid);
    }

    /// <summary>RFC 8032, section 7.1, test 2.</summary>
    [Fact]
    public void Ed25519_signs_as_the_rfc_does()
    {
        using var key = new Ed25519SigningKey(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        using var check = new Ed25519VerificationKey(key.PublicKey.Span);

        Assert.Equal("3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", Convert.ToHexString(key.PublicKey.Span));
        Assert.Equal(
            "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00",
            Convert.ToHexString(key.Sign([0x72])));
        Assert.True(check.Verify([0x72], key.Sign([0x72])));
        Assert.False(check.Verify([0x73], key.Sign([0x72])));
        Assert.False(check.Verify([0x72], key.Sign([0x72]).AsSpan(..63)));
    }

    public void Dispose() => _courts.Dispose();

    private static Digest Subtree(int level, long index) =>
        MerkleTree.Root(s_leaves.AsSpan((int)(index << level), 1 << level));

    private static byte[] With(byte[] note, IReadOnlyList<NoteSignature> lines)
    {
        _ = SignedNote.TryParse(note, out var parsed);
        return SignedNote.Encode(parsed!.Text, [.. parsed.Signatures, .. lines]);
    }

    private VouchedCheckpoint Verified(byte[] note)
    {
        Assert.Equal(CheckpointVerdict.Valid, _courts.Verify(note, OriginOf(0), out var vouched));
        return vouched!;
    }
}
