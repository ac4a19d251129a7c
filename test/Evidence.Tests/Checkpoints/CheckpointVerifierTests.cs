using System.Security.Cryptography;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Tests.Checkpoints;

/// <summary>Starts from a valid signed checkpoint and spoils one thing each.</summary>
public sealed class CheckpointVerifierTests : IDisposable
{
    private const string Origin = "court.example/log/1";

    private static readonly Digest s_root = TreeHash.OfLeaf("root"u8);

    private readonly EcdsaSigningKey _signingKey = NewKey(1);
    private readonly VerificationKey _key;
    private readonly NoteKey _noteKey;
    private readonly byte[] _valid;

    public CheckpointVerifierTests()
    {
        _key = new VerificationKey(_signingKey.PublicKey);
        _noteKey = new NoteKey(Origin, _key);
        _valid = new CheckpointSigner(Origin, _signingKey).Sign(1234, s_root);
    }

    public void Dispose()
    {
        _signingKey.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void Signed_checkpoint_is_valid_and_gives_size_and_root()
    {
        Assert.Equal(CheckpointVerdict.Valid, Verify(_valid, out var checkpoint));
        Assert.Equal(new Checkpoint(Origin, 1234, s_root), checkpoint);
    }

    /// <summary>Signed when the format was written down; must verify for as long as there are logs.</summary>
    [Fact]
    public void Example_of_the_format_document_is_valid()
    {
        const string Example = """
            court.example/log/1
            1234
            PAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=

            — court.example/log/1 XNJS+zBEAiAN7DF3L0MPxaZei6LovhOtwKkbG6nIhufmwrFlfHxr6AIgETTmwws59dZ2fyCZIggygKpzosx07X8cWRr8qaduHDo=

            """;

        Assert.Equal(CheckpointVerdict.Valid, Verify(Encoding.UTF8.GetBytes(Example), out var checkpoint));
        Assert.Equal(new Checkpoint(Origin, 1234, s_root), checkpoint);
        Assert.Equal("court.example/log/1+5cd252fb+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=", _noteKey.ToVerifierKey());
    }

    [Fact]
    public void Platform_reader_of_der_signatures_accepts_the_signature()
    {
        Assert.True(SignedNote.TryParse(_valid, out var note));
        using var platform = _signingKey.PublicKey.ToECDsa();

        Assert.True(platform.VerifyData(
            note.ToBeSigned(), note.Signatures[0].Signature.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void Key_id_is_the_start_of_the_hash_of_the_public_key_info()
    {
        var hash = SHA256.HashData(_signingKey.PublicKey.ToSubjectPublicKeyInfo());
        Assert.Equal(Convert.ToHexStringLower(hash.AsSpan(..4)), _noteKey.KeyId.ToString("x8", null));
        Assert.StartsWith($"{Origin}+{_noteKey.KeyId:x8}+AjBZ", _noteKey.ToVerifierKey(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n1234\n", "\n01234\n")]
    [InlineData("\n1234\n", "\n+1234\n")]
    [InlineData("\n1234\n", "\n-1\n")]
    [InlineData("\n1234\n", "\n 1234\n")]
    [InlineData("\n1234\n", "\n\n")]
    [InlineData("\n1234\n", "\n9223372036854775807\n")]
    [InlineData("\n1234\n", "\n99999999999999999999\n")]
    public void Size_in_another_form_is_not_a_checkpoint(string part, string spoiled) =>
        Assert.Equal(CheckpointVerdict.NotACheckpoint, Verify(Resign(Text().Replace(part, spoiled, StringComparison.Ordinal)), out _));

    [Fact]
    public void Extension_line_is_not_a_checkpoint() =>
        Assert.Equal(CheckpointVerdict.NotACheckpoint, Verify(Resign(Text() + "height 7\n"), out _));

    [Fact]
    public void Root_of_another_length_is_not_a_checkpoint() =>
        Assert.Equal(CheckpointVerdict.NotACheckpoint, Verify(Resign($"{Origin}\n1234\n{Convert.ToBase64String(new byte[31])}\n"), out _));

    [Fact]
    public void Root_with_loose_base64_bits_is_not_a_checkpoint()
    {
        var text = Text();
        var last = text[^3];
        var loose = string.Concat(text.AsSpan(..^3), ((char)(last + 1)).ToString(), "=\n");
        Assert.Equal(CheckpointVerdict.NotACheckpoint, Verify(Resign(loose), out _));
    }

    [Fact]
    public void Checkpoint_of_another_log_is_refused() =>
        Assert.Equal(CheckpointVerdict.WrongOrigin, CheckpointVerifier.Verify(_valid, "court.example/log/2", [_noteKey], out _));

    [Fact]
    public void Changed_size_under_the_old_signature_is_refused() =>
        Assert.Equal(CheckpointVerdict.SignatureInvalid, Verify(Replace("\n1234\n", "\n1235\n"), out _));

    [Fact]
    public void Note_without_a_known_key_is_refused()
    {
        using var other = NewKey(2);
        Assert.Equal(
            CheckpointVerdict.SignatureMissing, Verify(new CheckpointSigner(Origin, other).Sign(1234, s_root), out var checkpoint));
        Assert.Null(checkpoint);
    }

    [Fact]
    public void Known_key_under_another_name_counts_as_unknown() =>
        Assert.Equal(CheckpointVerdict.SignatureMissing, Verify(Replace($"— {Origin} ", "— other.example "), out _));

    [Fact]
    public void Unknown_signatures_beside_the_known_one_are_ignored()
    {
        Assert.True(SignedNote.TryParse(_valid, out var note));
        var unknown = Enumerable.Range(0, 15).Select(i => new NoteSignature($"witness{i}.example", (uint)i, new byte[] { 1, 2, 3 }));
        var many = SignedNote.Encode(note.Text, [.. unknown, .. note.Signatures]);

        Assert.Equal(CheckpointVerdict.Valid, Verify(many, out _));
    }

    [Fact]
    public void Second_line_of_the_known_key_that_fails_spoils_the_note()
    {
        Assert.True(SignedNote.TryParse(_valid, out var note));
        var good = note.Signatures[0];
        var bad = good.Signature.ToArray();
        bad[^1] ^= 1;

        Assert.Equal(
            CheckpointVerdict.SignatureInvalid,
            Verify(SignedNote.Encode(note.Text, [good, good with { Signature = bad }]), out _));
    }

    [Fact]
    public void More_signatures_than_the_limit_is_not_a_note()
    {
        Assert.True(SignedNote.TryParse(_valid, out var note));
        var many = Enumerable.Repeat(note.Signatures[0], SignedNote.SignaturesMax);
        Assert.Equal(CheckpointVerdict.Valid, Verify(SignedNote.Encode(note.Text, many), out _));
        Assert.Equal(CheckpointVerdict.NotANote, Verify(SignedNote.Encode(note.Text, [.. many, note.Signatures[0]]), out _));
    }

    [Fact]
    public void Note_over_the_length_limit_is_refused_before_parsing() =>
        Assert.Equal(CheckpointVerdict.TooLong, Verify(new byte[SignedNote.LengthMax + 1], out _));

    [Theory]
    [InlineData("\n\n— ", "\n— ")]
    [InlineData("\n\n— ", "\n\n- ")]
    [InlineData("\n\n— ", "\n\n—  ")]
    [InlineData("1234", "12\r34")]
    [InlineData("1234", "12\034")]
    [InlineData("log/1 ", "log/1+2 ")]
    public void Broken_note_shape_is_not_a_note(string part, string spoiled) =>
        Assert.Equal(CheckpointVerdict.NotANote, Verify(Replace(part, spoiled), out _));

    [Fact]
    public void Missing_newline_at_the_end_is_not_a_note() =>
        Assert.Equal(CheckpointVerdict.NotANote, Verify(_valid.AsSpan(..^1), out _));

    [Fact]
    public void Bytes_that_are_not_utf8_are_not_a_note() =>
        Assert.Equal(CheckpointVerdict.NotANote, Verify([0xff, .. _valid], out _));

    [Fact]
    public void White_space_inside_the_base64_is_not_a_note()
    {
        var text = Encoding.UTF8.GetString(_valid);
        Assert.Equal(CheckpointVerdict.NotANote, Verify(Encoding.UTF8.GetBytes(text[..^5] + "\n" + text[^5..]), out _));
    }

    [Fact]
    public void Empty_input_is_not_a_note() => Assert.Equal(CheckpointVerdict.NotANote, Verify([], out _));

    [Fact]
    public void Every_single_flipped_bit_is_refused()
    {
        for (var i = 0; i < _valid.Length; i++)
        {
            var spoiled = _valid.ToArray();
            spoiled[i] ^= 1;
            Assert.NotEqual(CheckpointVerdict.Valid, Verify(spoiled, out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    [InlineData("a\u00a0b")]
    public void Name_that_breaks_a_signature_line_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new NoteKey(name, _key));

    [Fact]
    public void Name_with_half_a_surrogate_pair_is_refused() => Assert.Throws<ArgumentException>(() => new NoteKey("a\ud800", _key));

    internal static EcdsaSigningKey NewKey(byte scalar)
    {
        var d = new byte[32];
        d[31] = scalar;
        return new EcdsaSigningKey(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
    }

    private CheckpointVerdict Verify(ReadOnlySpan<byte> bytes, out Checkpoint? checkpoint) =>
        CheckpointVerifier.Verify(bytes, Origin, [_noteKey], out checkpoint);

    private static string Text() => new Checkpoint(Origin, 1234, s_root).ToText();

    private byte[] Replace(string part, string spoiled)
    {
        var text = Encoding.UTF8.GetString(_valid);
        Assert.Contains(part, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(part, spoiled, StringComparison.Ordinal));
    }

    private byte[] Resign(string text)
    {
        var signature = EcdsaDer.Encode(_signingKey.Sign(Encoding.UTF8.GetBytes(text)));
        return SignedNote.Encode(text, [new NoteSignature(Origin, _noteKey.KeyId, signature)]);
    }
}
