using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tests.Faults;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>What an owner, a court or a disk may do to a mirror beyond breaking a rule.</summary>
public sealed class MirrorAttackTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(SampleLeague.TimeMs + 5_000);

    private readonly SampleCourts _courts = new(4);
    private readonly EpochVerifier _verifier;
    private readonly Ed25519SigningKey _noteKey = SampleLeague.NoteKey(1, 1);
    private readonly MemoryLogStore _store = new();
    private readonly MemoryCourtMemory _memory = new();
    private readonly SampleOwner _owner;
    private bool _diskIsBad;
    private Mirror _mirror;

    public MirrorAttackTests()
    {
        _verifier = new EpochVerifier(_courts.First);
        _owner = new SampleOwner(_courts);
        _mirror = Open(_memory);
    }

    public void Dispose()
    {
        _mirror.Dispose();
        _noteKey.Dispose();
        _verifier.Dispose();
    }

    /// <summary>A note has room for 256 lines and 64 KiB: an owner that fills it would leave the mirror a note that it cannot read any more.</summary>
    [Theory]
    [InlineData(255, 64)]
    [InlineData(100, 450)]
    public void Owner_that_fills_its_note_with_junk_takes_no_room_from_the_mirror(int lines, int length)
    {
        _owner.Batch(3);
        var push = _owner.Push(0) with { Checkpoint = Junk(_owner.NoteAt(5), lines, length) };
        Assert.Equal(MirrorVerdict.Cosigned, Take(push).Verdict);

        Reopen();

        Assert.Equal(("", 5L), (_mirror.Status.Trouble, _mirror.Status.Size));
        Assert.True(SignedNote.TryParse(_mirror.Status.Note.Span, out var note));
        Assert.Equal(3, note.Signatures.Count);
        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Batch(1).Push(5)).Verdict);
    }

    [Fact]
    public void Disk_that_cannot_be_read_halts_the_mirror_and_is_told_as_an_answer()
    {
        Take(_owner.Batch(300).Push(0));
        _owner.Batch(3);
        _diskIsBad = true;

        Assert.Equal(MirrorVerdict.Halted, Take(_owner.Push(302)).Verdict);

        _diskIsBad = false;
        Assert.Equal(MirrorVerdict.Halted, Take(_owner.Push(302)).Verdict);
        Reopen();
        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Push(302)).Verdict);
    }

    /// <summary>Every second brings the heads of all logs: one bad disk must not keep the heads of the other logs from being compared.</summary>
    [Fact]
    public void Disk_that_cannot_be_read_when_a_head_is_compared_halts_this_mirror_only()
    {
        Take(_owner.Batch(300).Push(0));
        _diskIsBad = true;

        Assert.True(_mirror.Learn(_owner.Fork(1).Batch(100, "other").NoteAt(102), s_now));

        Assert.NotEqual("", _mirror.Status.Trouble);
    }

    [Fact]
    public void Evidence_freezes_a_halted_mirror_and_does_not_set_it_going_again()
    {
        Take(_owner.Batch(3).Push(0));
        _store.SaveCheckpoint(5, _owner.Fork(1).Batch(3, "other").NoteAt(5));
        Reopen();

        _mirror.Learn(Fork(_owner.NoteAt(5), _owner.Fork(1).Batch(3, "other").NoteAt(5)), s_now);

        Assert.Equal(MirrorVerdict.Halted, Take(_owner.Batch(1).Push(5)).Verdict);
        Assert.NotNull(_mirror.Status.Fork);
    }

    /// <summary>The next epoch goes on from the largest held head that q seals name: a smaller one could lie below a final one.</summary>
    [Fact]
    public void Halted_mirror_does_not_promise_a_size_that_it_cannot_know()
    {
        Take(_owner.Batch(3).Push(0));
        _store.SaveCheckpoint(5, _owner.Fork(1).Batch(3, "other").NoteAt(5));
        Reopen();

        Assert.Throws<LogStoreException>(() => _mirror.Seal(_ => new byte[] { 1 }));

        Assert.Null(_memory.ReadSeal(_courts[0].Origin, 1));
    }

    [Fact]
    public void Two_courts_that_find_a_fork_from_either_side_make_the_same_file()
    {
        var other = _owner.Batch(3).Fork(1).Batch(3, "other");
        var (one, two) = (_owner.NoteAt(5), other.NoteAt(5));
        var memory = new MemoryCourtMemory();
        using var second = Open(memory, new MemoryLogStore());
        Take(new MirrorPush(0, one, _owner.Push(0).Entries));
        second.Take(new MirrorPush(0, two, other.Push(0).Entries), s_now);

        // As each hears of it: with the other's cosignatures under it.
        _mirror.Learn(second.Status.Note, s_now);
        second.Learn(SampleLeague.Note(_owner.HeadAt(5), 1, [2, 3]), s_now);

        Assert.Equal(_mirror.Status.Fork!.Hash, second.Status.Fork!.Hash);
    }

    [Fact]
    public void Courts_that_found_other_evidence_end_with_the_same_file_when_they_tell_each_other()
    {
        ForkEvidence[] found = [.. Enumerable.Range(0, 4).Select(i => Fork(_owner.Fork(1).Batch(3, $"{i}").NoteAt(5), _owner.Fork(1).Batch(3, "other").NoteAt(5)))];
        var memory = new MemoryCourtMemory();
        using var second = Open(memory, new MemoryLogStore());

        Array.ForEach(found, f => _mirror.Learn(f, s_now));
        Array.ForEach([.. found.Reverse()], f => second.Learn(f, s_now));
        Reopen();

        Assert.Equal(found.Min(f => f.Hash), _mirror.Status.Fork!.Hash);
        Assert.Equal(_mirror.Status.Fork.Hash, second.Status.Fork!.Hash);
    }

    [Fact]
    public void Owner_that_forks_without_end_fills_no_disk()
    {
        var forks = Enumerable.Range(0, 60).Select(i => Fork(_owner.Fork(1).Batch(1, $"{i}").NoteAt(3), _owner.Fork(1).Batch(1, "other").NoteAt(3)));

        foreach (var fork in forks.OrderByDescending(f => f.Hash))
        {
            _mirror.Learn(fork, s_now);
        }

        Assert.InRange(_memory.ReadEvidence(_courts[0].Origin).Count, 1, 16);
    }

    [Fact]
    public void Head_signed_for_another_log_of_the_same_court_is_refused()
    {
        var signer = new CheckpointSigner(_courts[0].Origin + "x", SampleLeague.LogKey(0));
        _owner.Batch(3);

        Assert.Equal(MirrorVerdict.NotTheOwners, Take(_owner.Push(0) with { Checkpoint = signer.Sign(5, _owner.RootAt(5)) }).Verdict);
    }

    [Fact]
    public void Checkpoint_that_speaks_of_nothing_or_of_more_than_any_log_holds_changes_nothing()
    {
        Take(_owner.Batch(3).Push(0));
        var signer = new CheckpointSigner(_courts[0].Origin, SampleLeague.LogKey(0));

        Take(new MirrorPush(0, signer.Sign(0, default), []));
        Take(new MirrorPush(5, signer.Sign(long.MaxValue, default), []));
        _mirror.Learn(signer.Sign(long.MaxValue, default), s_now);

        Assert.Equal(MirrorVerdict.Cosigned, Take(new MirrorPush(5, _owner.NoteAt(5), [])).Verdict);
        Assert.Equal(MirrorVerdict.Cosigned, Take(_owner.Batch(1).Push(5)).Verdict);
    }

    private ForkEvidence Fork(byte[] one, byte[] two)
    {
        using var key = new Evidence.Cose.VerificationKey(_courts[0].LogKey);
        Assert.Equal(ForkVerdict.Valid, ForkEvidence.Verify(ForkEvidence.Of(one, two), _courts[0].Origin, new NoteKey(_courts[0].Origin, key), out var evidence));
        return evidence!;
    }

    private MirrorAnswer Take(MirrorPush push) => _mirror.Take(push, s_now);

    private Mirror Open(ICourtMemory memory, ILogStore? store = null) => Mirror.Open(
        _courts[0],
        store ?? new SteppedStore(_store, step =>
        {
            if (_diskIsBad && step == SteppedStore.Reading)
            {
                throw new LogStoreException(LogStoreFailure.Io, "the disk cannot be read");
            }
        }),
        new CourtSeat(_courts.Governance, _verifier, _courts[1], new Cosigner(_courts[1].Origin, 1, SampleLeague.CosignerKey(1, 1), _noteKey)), new Hearing(0), memory);

    private void Reopen()
    {
        _mirror.Dispose();
        _mirror = Open(_memory);
    }

    private byte[] Junk(byte[] note, int lines, int length)
    {
        _ = SignedNote.TryParse(note, out var parsed);
        return SignedNote.Encode(parsed!.Text, [.. parsed.Signatures, .. Enumerable.Range(1, lines).Select(i => new NoteSignature(_courts[0].Origin, (uint)i, new byte[length]))]);
    }
}
