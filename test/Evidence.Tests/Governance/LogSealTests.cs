using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Governance;

/// <summary>Seals of court 0's log by five courts, and where the next epoch goes on.</summary>
public sealed class LogSealTests
{
    private static readonly Epoch s_epoch = Epoch(5);
    private static readonly string s_origin = OriginOf(0);
    private static readonly Digest s_root = Digest.Of("root"u8);

    [Fact]
    public void Seal_says_what_the_owner_signed_and_its_court_holds()
    {
        var seal = Read(Sign(3, 17, s_root));

        Assert.Equal((CodeOf(3), new LogTerminal(s_origin, 17, s_root)), (seal.By.Code, seal.Head));
        Assert.True(seal.Note.Span.SequenceEqual(Signed(17, s_root)));
    }

    [Fact]
    public void Cosigned_note_is_as_good() => Assert.Equal(17, Read(LogSeal.Sign(
        s_epoch, s_origin, Note(new Checkpoint(s_origin, 17, s_root), 1, 1, 2), CodeOf(1), ApprovalKey(1), TimeMs)).Head.Size);

    [Fact]
    public void Nothing_held_is_sealed_without_a_note() => Assert.Equal(new LogTerminal(s_origin, 0, TreeHash.OfEmptyTree), Read(Empty(2)).Head);

    [Fact]
    public void Note_of_another_log_cannot_be_sealed() => Assert.Throws<ArgumentException>(() =>
        LogSeal.Sign(s_epoch, OriginOf(1), Signed(17, s_root), CodeOf(1), ApprovalKey(1), TimeMs));

    [Fact]
    public void Head_that_the_owner_did_not_sign_is_refused()
    {
        var forged = new CheckpointSigner(s_origin, LogKey(1)).Sign(1_000_000, s_root);
        Refused("not its owner's", LogSeal.Sign(s_epoch, s_origin, forged, CodeOf(1), ApprovalKey(1), TimeMs));
    }

    [Fact]
    public void Other_size_than_the_note_s_is_refused() => Refused("another head", Body(1, ("size", CborValue.Integer(18))));

    [Fact]
    public void Other_root_than_the_note_s_is_refused() => Refused("another head", Body(1, ("root", CborValue.Bytes(Digest.Of("x"u8)))));

    [Fact]
    public void Head_without_a_note_is_refused() => Refused("without its owner's checkpoint", Body(1, ("note", null)));

    [Fact]
    public void Seal_of_another_epoch_s_number_is_refused() => Refused("another epoch", Body(1, ("epoch", CborValue.Integer(2))));

    [Fact]
    public void Seal_of_another_set_is_refused() => Refused("another epoch", Body(1, ("set", CborValue.Bytes(Digest.Of("x"u8)))));

    [Fact]
    public void Further_member_is_refused() => Refused("a seal's body has", Body(1, ("more", CborValue.Integer(1))));

    [Fact]
    public void Stranger_s_seal_is_refused() =>
        Refused("court of epoch 1", LogSeal.Sign(s_epoch, s_origin, Signed(17, s_root), "示0999", Rfc6979SigningKey.Named("stranger"), TimeMs));

    [Fact]
    public void Another_court_s_key_is_refused() =>
        Refused("court of epoch 1", LogSeal.Sign(s_epoch, s_origin, Signed(17, s_root), CodeOf(1), ApprovalKey(2), TimeMs));

    [Fact]
    public void Flipped_signature_is_refused()
    {
        var bytes = Sign(1, 17, s_root).Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(bytes, out var spoiled, out _));
        Refused("Not signed by", spoiled!);
    }

    [Fact]
    public void Log_of_no_court_of_the_epoch_is_refused()
    {
        var note = new CheckpointSigner("log.stranger.example/1", LogKey(0)).Sign(17, s_root);
        Refused("no log of epoch 1", LogSeal.Sign(s_epoch, "log.stranger.example/1", note, CodeOf(1), ApprovalKey(1), TimeMs));
    }

    [Fact]
    public void Largest_of_q_held_heads_is_where_the_next_epoch_goes_on()
    {
        LogSeal[] seals = [Read(Sign(0, 12, s_root)), Read(Sign(1, 17, Digest.Of("longer"u8))), Read(Empty(2)), Read(Sign(4, 12, s_root))];

        Assert.True(EpochEnd.TryFind(s_epoch, s_origin, seals, out var terminal, out _));
        Assert.Equal(new LogTerminal(s_origin, 17, Digest.Of("longer"u8)), terminal);
    }

    [Fact]
    public void Log_of_which_nobody_holds_anything_begins_in_the_next_epoch()
    {
        Assert.True(EpochEnd.TryFind(s_epoch, s_origin, [.. Enumerable.Range(0, 4).Select(c => Read(Empty(c)))], out var terminal, out _));
        Assert.Null(terminal);
    }

    [Fact]
    public void One_seal_fewer_than_q_names_who_is_missing() =>
        NotFound($"Not by: {CodeOf(3)}, {CodeOf(4)}", [.. Enumerable.Range(0, 3).Select(c => Read(Sign(c, 12, s_root)))]);

    [Fact]
    public void Same_court_twice_is_one_court()
    {
        var again = Read(LogSeal.Sign(s_epoch, s_origin, Signed(12, s_root), CodeOf(0), ApprovalKey(0), TimeMs + 1_000));
        NotFound("3 of the 4", [.. Enumerable.Range(0, 3).Select(c => Read(Sign(c, 12, s_root))), again]);
    }

    [Fact]
    public void Court_that_sealed_two_heads_is_named() => NotFound($"{CodeOf(2)} sealed", [
        .. Enumerable.Range(0, 4).Select(c => Read(Sign(c, 12, s_root))), Read(Sign(2, 13, Digest.Of("later"u8)))]);

    [Fact]
    public void Two_histories_of_one_size_end_the_log() => NotFound("signed two histories", [
        .. Enumerable.Range(0, 4).Select(c => Read(Sign(c, 12, s_root))), Read(Sign(4, 12, Digest.Of("other"u8)))]);

    [Fact]
    public void Seals_of_another_log_do_not_count()
    {
        var other = new CheckpointSigner(OriginOf(1), LogKey(1)).Sign(12, s_root);
        NotFound("3 of the 4", [
            .. Enumerable.Range(0, 3).Select(c => Read(Sign(c, 12, s_root))), Read(LogSeal.Sign(s_epoch, OriginOf(1), other, CodeOf(3), ApprovalKey(3), TimeMs))]);
    }

    private static byte[] Signed(long size, Digest root) => new CheckpointSigner(s_origin, LogKey(0)).Sign(size, root);

    private static Statement Sign(int court, long size, Digest root) =>
        LogSeal.Sign(s_epoch, s_origin, Signed(size, root), CodeOf(court), ApprovalKey(court), TimeMs);

    private static Statement Empty(int court) => LogSeal.Sign(s_epoch, s_origin, default, CodeOf(court), ApprovalKey(court), TimeMs);

    /// <summary>A seal by this court with one member of the body put in the place of what belongs there.</summary>
    private static Statement Body(int court, (string Key, CborValue? Value) spoiled)
    {
        (string Key, CborValue? Value)[] good =
        [
            ("epoch", CborValue.Integer(1)), ("set", CborValue.Bytes(s_epoch.Hash)), ("size", CborValue.Integer(17)),
            ("root", CborValue.Bytes(s_root)), ("note", CborValue.Bytes(Signed(17, s_root))),
        ];
        return new StatementDraft
        {
            Issuer = "court:" + CodeOf(court), Subject = s_origin, Kind = LogSeal.Kind, TimeMs = TimeMs,
            Body = CborValue.Map([.. good.Where(m => m.Key != spoiled.Key), spoiled]),
        }.Sign(ApprovalKey(court));
    }

    private static LogSeal Read(Statement statement)
    {
        Assert.True(LogSeal.TryRead(statement, s_epoch, out var seal, out var detail), detail);
        return seal;
    }

    private static void Refused(string because, Statement statement)
    {
        Assert.False(LogSeal.TryRead(statement, s_epoch, out _, out var detail));
        Assert.Contains(because, detail, StringComparison.OrdinalIgnoreCase);
    }

    private static void NotFound(string because, LogSeal[] seals)
    {
        Assert.False(EpochEnd.TryFind(s_epoch, s_origin, seals, out var terminal, out var detail));
        Assert.Null(terminal);
        Assert.Contains(because, detail, StringComparison.Ordinal);
    }
}
