using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Statements;

public sealed class StatementTests
{
    private const int MutantsMin = 5_000;

    private static readonly StatementDraft s_draft = new()
    {
        Issuer = SampleCourt.Device, Subject = SampleCourt.Seal, Kind = "media.still", TimeMs = 1_767_225_600_000,
        Chain = new StatementChain(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 2, Digest.Of("before"u8)),
        Body = CborValue.Map(("width", CborValue.Integer(640))),
        Data = new HashedData(Digest.Of("picture"u8), "image/jpeg", "media/1"),
    };

    [Fact]
    public void Signed_draft_parses_back_to_what_it_said()
    {
        var signed = s_draft.Sign(SampleCourt.DeviceKey);
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(signed.Bytes.Span, out var parsed, out var detail));

        Assert.Equal("", detail);
        Assert.Equal(
            (s_draft.Issuer, s_draft.Subject, s_draft.Kind, s_draft.TimeMs, s_draft.Data),
            (parsed!.Issuer, parsed.Subject, parsed.Kind, parsed.TimeMs, parsed.Data));
        Assert.Equal((2, Digest.Of("before"u8)), (parsed.Chain!.Sequence, parsed.Chain.Previous));
        Assert.Equal(s_draft.Body.Encode(), parsed.Body.Encode());
        Assert.Equal((signed.Hash, SampleCourt.DeviceKey.PublicKey.Thumbprint), (parsed.Hash, parsed.KeyId));
    }

    [Fact]
    public void Only_a_right_signature_makes_a_verified_statement()
    {
        using var right = new VerificationKey(SampleCourt.DeviceKey.PublicKey);
        using var other = new VerificationKey(SampleCourt.StationKey.PublicKey);
        var signed = s_draft.Sign(SampleCourt.DeviceKey);

        Assert.Equal(StatementVerdict.Valid, VerifiedStatement.TryVerify(signed, right, out var verified));
        Assert.Equal((signed, right.PublicKey), (verified!.Statement, verified.Key));
        Assert.Equal(StatementVerdict.KeyMismatch, VerifiedStatement.TryVerify(signed, other, out verified));
        Assert.Null(verified);
    }

    [Fact]
    public void Draft_out_of_range_is_not_signed()
    {
        Assert.Throws<ArgumentException>(() => (s_draft with { Kind = "" }).Sign(SampleCourt.DeviceKey));
        Assert.Throws<ArgumentException>(() => (s_draft with { TimeMs = -1 }).Sign(SampleCourt.DeviceKey));
        Assert.Throws<ArgumentException>(() => (s_draft with { Body = CborValue.Array(), Data = null }).Sign(SampleCourt.DeviceKey));
    }

    [Fact]
    public void Same_draft_and_key_give_the_same_bytes() =>
        Assert.Equal(s_draft.Sign(SampleCourt.DeviceKey).Bytes.ToArray(), s_draft.Sign(SampleCourt.DeviceKey).Bytes.ToArray());

    /// <summary>Every byte in turn gets eleven other values: each is refused, by form or by signature.</summary>
    [Fact]
    public void Every_mutant_of_a_statement_is_refused()
    {
        using var key = new VerificationKey(SampleCourt.DeviceKey.PublicKey);
        var bytes = s_draft.Sign(SampleCourt.DeviceKey).Bytes.ToArray();
        var mutants = 0;
        for (var place = 0; place < bytes.Length; place++)
        {
            foreach (var change in (byte[])[1, 2, 4, 8, 16, 32, 64, 128, 0xff, 0x18, 0x55, 0xaa, 3, 5, 9, 17])
            {
                var mutant = (byte[])bytes.Clone();
                mutant[place] ^= change;
                var verdict = Statement.TryParse(mutant, out var statement, out _);
                Assert.NotEqual(StatementVerdict.Valid, verdict == StatementVerdict.Valid ? statement!.Check(key) : verdict);
                mutants++;
            }
        }

        Assert.InRange(mutants, MutantsMin, int.MaxValue);
    }
}
