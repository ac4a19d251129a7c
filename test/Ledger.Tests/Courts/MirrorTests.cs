using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Courts;

public sealed class MirrorTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(SampleLeague.TimeMs + 5_000);

    private readonly SampleCourts _courts = new(4);
    private readonly EpochVerifier _verifier;
    private readonly Ed25519SigningKey _noteKey = SampleLeague.NoteKey(1, 1);
    private readonly MemoryLogStore _store = new();
    private readonly MemoryCourtMemory _memory = new();
    private readonly CourtSeat _seat;
    private readonly SampleOwner _owner;
    private Mirror _mirror;

    public MirrorTests()
    {
        _verifier = new EpochVerifier(_courts.First);
        _seat = new CourtSeat(_courts.Governance, _verifier, _courts[1], new Cosigner(_courts[1].Origin, 1, SampleLeague.CosignerKey(1, 1), _noteKey));
        _owner = new SampleOwner(_courts);
        _mirror = Open(new Hearing(0));
    }

    public void Dispose()
    {
        _mirror.Dispose();
        _noteKey.Dispose();
        _verifier.Dispose();
    }

    [Fact]
    public void Push_from_nothing_is_held_and_cosigned()
    {
        _owner.Batch(3).Batch(2);

        var answer = Take(_owner.Push(0));

        Assert.Equal((MirrorVerdict.Cosigned, 8L), (answer.Verdict, answer.HeldSize));
        Assert.True(_verifier.TryCount(_owner.HeadAt(8), answer.Lines, out var voices));
        Assert.Equal([_courts[1].Code], voices.Select(v => v.Court.Code));
        Assert.False(voices[0].ReceiptSignature.IsEmpty);
    }

    [Fact]
    public void What_was_cosigned_is_in_the_store_with_the_cosignature()
    {
        var answer = Take(_owner.Batch(3).Push(0));

        Assert.Equal(5, _store.ReadHead()!.Size);
        Assert.True(SignedNote.TryParse(_store.ReadCheckpoint(5), out var note));
        Assert.Equal(answer.Lines.Select(l => Convert.ToHexString(l.Signature.Span)), note.Signatures.Skip(1).Select(l => Convert.ToHexString(l.Signature.Span)));
    }

    [Fact]
    public void Head_that_is_held_gets_the_same_cosignature_again_whatever_the_clock_says()
    {
        var first = Take(_owner.Batch(3).Push(0));

        var again = _mirror.Take(new MirrorPush(5, _owner.NoteAt(5), []), s_now.AddHours(1));

        Assert.Equal(MirrorVerdict.Cosigned, again.Verdict);
        Assert.Equal(Bytes(first), Bytes(again));
    }

    [Fact]
    public void Cosignature_is_the_same_after_a_restart()
    {
        var first = Take(_owner.Batch(3).Push(0));
        Restart();

        var again = Take(new MirrorPush(5, _owner.NoteAt(5), []));

        Assert.Equal(Bytes(first), Bytes(again));
    }

    [Fact]
    public void Log_goes_on_after_a_restart()
    {
        Take(_owner.Batch(300).Push(0));
        Restart();

        var answer = Take(_owner.Batch(300).Push(302));

        Assert.Equal(MirrorVerdict.Cosigned, answer.Verdict);
        Assert.True(_verifier.TryCount(_owner.HeadAt(603), answer.Lines, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(6)]
    public void Push_that_goes_on_from_another_size_is_told_the_held_one(int from)
    {
        Take(_owner.Batch(3).Push(0));
        _owner.Batch(3);

        var answer = Take(_owner.Push(from));

        Assert.Equal((MirrorVerdict.OtherSize, 5L), (answer.Verdict, answer.HeldSize));
    }

    [Fact]
    public void Earlier_head_of_the_same_history_is_not_cosigned_any_more()
    {
        _owner.Batch(3).Batch(3);
        Take(_owner.Push(0));

        var answer = Take(_owner.Push(0, 5));

        Assert.Equal((MirrorVerdict.OtherSize, 9L), (answer.Verdict, answer.HeldSize));
        Assert.Null(_mirror.Status.Fork);
    }

    [Fact]
    public void Two_heads_of_one_size_freeze_the_log()
    {
        var other = _owner.Fork(1).Batch(3, "other");
        Take(_owner.Batch(3).Push(0));

        var answer = Take(other.Push(0));

        Assert.Equal(MirrorVerdict.Frozen, answer.Verdict);
        Assert.Equal((5, 5), (_mirror.Status.Fork!.First.Size, _mirror.Status.Fork.Second.Size));
        Assert.Equal(MirrorVerdict.Frozen, Take(_owner.Batch(1).Push(5)).Verdict);
    }

    [Fact]
    public void Smaller_head_of_another_history_freezes_the_log_with_a_proof_that_strangers_check()
    {
        var other = _owner.Fork(1).Batch(300, "other");
        Take(_owner.Batch(700).Push(0));

        Take(other.Push(0));

        var evidence = Assert.Single(_memory.ReadEvidence(_courts[0].Origin)).Bytes;
        Assert.Equal(ForkVerdict.Valid, VerifyFork(evidence));
        Assert.Equal(302, _mirror.Status.Fork!.First.Size);
    }

    [Fact]
    public void Frozen_log_is_frozen_after_a_restart()
    {
        var other = _owner.Fork(1).Batch(3, "other");
        Take(_owner.Batch(3).Push(0));
        Take(other.Push(0));
        Restart();

        Assert.Equal(MirrorVerdict.Frozen, Take(_owner.Batch(1).Push(5)).Verdict);
    }

    [Fact]
    public void Head_that_another_court_saw_is_compared_when_the_log_comes_so_far()
    {
        var other = _owner.Fork(1).Batch(9, "other");
        Take(_owner.Batch(3).Push(0));
        Assert.True(_mirror.Learn(other.NoteAt(other.Size), s_now));
        Assert.Null(_mirror.Status.Fork);

        var answer = Take(_owner.Batch(20).Push(5));

        Assert.Equal(MirrorVerdict.Frozen, Take(_owner.Batch(1).Push(26)).Verdict);
        Assert.Empty(answer.Lines);
        Assert.Equal(ForkVerdict.Valid, VerifyFork(Assert.Single(_memory.ReadEvidence(_courts[0].Origin)).Bytes));
    }

    [Fact]
    public void Two_heads_of_one_size_beyond_the_held_one_freeze_the_log()
    {
        var other = _owner.Fork(1).Batch(9, "other");
        _owner.Batch(9);
        _mirror.Learn(_owner.NoteAt(_owner.Size), s_now);

        _mirror.Learn(other.NoteAt(other.Size), s_now);

        Assert.NotNull(_mirror.Status.Fork);
    }

    [Fact]
    public void Evidence_of_another_court_freezes_the_log()
    {
        var other = _owner.Fork(1).Batch(3, "other");
        var file = ForkEvidence.Of(_owner.Batch(3).NoteAt(5), other.NoteAt(5));
        using var key = new Evidence.Cose.VerificationKey(_courts[0].LogKey);
        ForkEvidence.Verify(file, _courts[0].Origin, new NoteKey(_courts[0].Origin, key), out var evidence);

        Assert.True(_mirror.Learn(evidence!, s_now));

        Assert.Equal(MirrorVerdict.Frozen, Take(_owner.Push(0)).Verdict);
    }

    [Fact]
    public void Stranger_cannot_freeze_a_log()
    {
        Take(_owner.Batch(3).Push(0));
        var forged = new CheckpointSigner(_courts[0].Origin, SampleLeague.LogKey(2)).Sign(5, default);

        Assert.False(_mirror.Learn(forged, s_now));
        Assert.Equal(MirrorVerdict.NotTheOwners, Take(new MirrorPush(5, forged, [])).Verdict);

        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Batch(1).Push(5)).Verdict);
    }

    [Fact]
    public void Entries_that_are_not_those_under_the_head_are_refused_and_forgotten()
    {
        var other = _owner.Fork(1).Batch(3, "other");
        var spoiled = _owner.Batch(3).Push(0) with { Entries = other.Push(0).Entries };

        Assert.Equal(MirrorVerdict.RootMismatch, Take(spoiled).Verdict);

        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Push(0)).Verdict);
    }

    [Fact]
    public void Entry_that_breaks_a_rule_is_named_and_nothing_of_the_push_is_kept()
    {
        _owner.Batch(2).Add(SampleCourts.State(0, "order.lifted", Evidence.Cbor.CborValue.EmptyMap, SampleLeague.TimeMs));

        var answer = Take(_owner.Push(0));

        Assert.Equal((MirrorVerdict.EntryRefused, 0L), (answer.Verdict, answer.HeldSize));
        Assert.Contains("Entry 4", answer.Sentence, StringComparison.Ordinal);
        Assert.Null(_store.ReadHead());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Push_with_too_few_or_too_many_entries_is_refused(int more)
    {
        var push = _owner.Batch(3).Push(0);
        IReadOnlyList<ReadOnlyMemory<byte>> entries = more < 0 ? [.. push.Entries.SkipLast(1)] : [.. push.Entries, push.Entries[^1]];

        Assert.Equal(MirrorVerdict.Malformed, Take(push with { Entries = entries }).Verdict);
    }

    [Fact]
    public void Push_beyond_the_limits_is_refused()
    {
        var push = _owner.Batch(3).Push(0);

        Assert.Equal(MirrorVerdict.Malformed, Take(push with { Entries = [.. Enumerable.Repeat(push.Entries[0], MirrorPush.EntriesMax + 1)] }).Verdict);
    }

    [Fact]
    public void Head_of_another_court_is_refused() =>
        Assert.Equal(MirrorVerdict.NotTheOwners, Take(new SampleOwner(_courts, 2).Batch(1).Push(0)).Verdict);

    [Fact]
    public void Before_enough_courts_were_heard_entries_are_held_and_not_cosigned()
    {
        var hearing = new Hearing(2);
        _mirror = Open(hearing);
        hearing.Heard("one");
        hearing.Heard("one");
        Assert.Equal(MirrorVerdict.Held, Take(_owner.Batch(3).Push(0)).Verdict);

        hearing.Heard("two");

        Assert.Equal(MirrorVerdict.Cosigned, Take(new MirrorPush(5, _owner.NoteAt(5), [])).Verdict);
        Restart();
        Assert.Equal(MirrorVerdict.Cosigned, Take(new MirrorPush(5, _owner.NoteAt(5), [])).Verdict);
    }

    [Fact]
    public void Court_whose_disk_was_put_back_vouches_again_only_when_it_holds_what_it_vouched_for()
    {
        _owner.Batch(3).Batch(3);
        var published = SampleLeague.Note(_owner.HeadAt(9), 1, [1]);
        Take(_owner.Push(0, 5));
        Assert.True(_mirror.Learn(published, s_now));

        Assert.Equal(MirrorVerdict.Held, Take(_owner.Push(5, 6)).Verdict);
        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Push(6)).Verdict);
    }

    [Fact]
    public void Court_that_sealed_a_log_holds_what_it_promised_also_after_a_restart()
    {
        Take(_owner.Batch(3).Push(0));
        LogTerminal? held = null;

        _mirror.Seal(terminal =>
        {
            held = terminal;
            return new byte[] { 1 };
        });

        Assert.Equal(new LogTerminal(_courts[0].Origin, 5, _owner.RootAt(5)), held);
        _owner.Batch(1);
        Assert.Equal(MirrorVerdict.Sealed, Take(_owner.Push(5)).Verdict);
        Restart();
        Assert.Equal(MirrorVerdict.Sealed, Take(_owner.Push(5)).Verdict);
        Assert.Equal([1], _mirror.Seal(_ => new byte[] { 2 }).ToArray());
    }

    [Fact]
    public void Store_that_does_not_agree_with_itself_halts_the_mirror()
    {
        Take(_owner.Batch(3).Push(0));
        _store.SaveCheckpoint(5, _owner.Fork(1).Batch(3, "other").NoteAt(5));
        Restart();

        Assert.Equal(MirrorVerdict.Halted, Take(_owner.Batch(1).Push(5)).Verdict);
        Assert.NotEqual("", _mirror.Status.Trouble);
    }

    private MirrorAnswer Take(MirrorPush push) => _mirror.Take(push, s_now);

    private Mirror Open(Hearing hearing) => Mirror.Open(_courts[0], _store, _seat, hearing, _memory);

    private void Restart()
    {
        _mirror.Dispose();
        _mirror = Open(new Hearing(0));
    }

    private ForkVerdict VerifyFork(ReadOnlyMemory<byte> file)
    {
        using var key = new Evidence.Cose.VerificationKey(_courts[0].LogKey);
        return ForkEvidence.Verify(file.Span, _courts[0].Origin, new NoteKey(_courts[0].Origin, key), out _);
    }

    private static IEnumerable<string> Bytes(MirrorAnswer answer) => answer.Lines.Select(l => Convert.ToHexString(l.Signature.Span));
}
