using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>Court 0 of five collects; four voices are enough, and its own is one of them.</summary>
public sealed class FinalityRoundTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);

    private readonly SampleCourts _courts = new(5);
    private readonly EpochVerifier _verifier;
    private readonly Ed25519SigningKey _noteKey = SampleLeague.NoteKey(0, 1);
    private readonly SampleOwner _owner;
    private readonly FinalityRound _round;

    public FinalityRoundTests()
    {
        _verifier = new EpochVerifier(_courts.First);
        _owner = new SampleOwner(_courts).Batch(3).Batch(3);
        _round = new FinalityRound(new CourtSeat(
            _courts.Governance, _verifier, _courts[0], new Cosigner(_courts[0].Origin, 1, SampleLeague.CosignerKey(0, 1), _noteKey)));
    }

    public void Dispose()
    {
        _noteKey.Dispose();
        _verifier.Dispose();
    }

    [Fact]
    public void Head_is_final_with_the_fourth_voice_and_once()
    {
        Begin(5);

        Assert.Equal([false, false, true, false], new[] { 1, 2, 3, 4 }.Select(c => Add(5, Lines(c, 5)) is not null));

        Assert.False(_round.IsOpen);
        Assert.Equal(CheckpointVerdict.Valid, _verifier.Verify(_round.Note.Span, _courts[0].Origin, out var vouched));
        Assert.Equal(5, vouched!.Vouchers.Count);
    }

    [Fact]
    public void Final_head_is_one_that_a_stranger_counts_as_final()
    {
        Begin(5);
        Add(5, Lines(1, 5));
        Add(5, Lines(2, 5));

        var head = Add(5, Lines(3, 5))!;

        Assert.Equal((5L, _owner.RootAt(5)), (head.Size, head.Root));
        Assert.Equal(CheckpointVerdict.Valid, _verifier.Verify(head.Note.Span, _courts[0].Origin, out var vouched));
        Assert.True(vouched!.IsFinal);
    }

    [Fact]
    public void Court_that_answers_twice_has_one_voice()
    {
        Begin(5);

        Assert.All(Enumerable.Range(0, 5), i => Assert.Null(Add(5, Lines(1, 5, i))));

        Assert.True(_round.IsOpen);
    }

    [Fact]
    public void Own_voice_that_comes_back_from_another_court_counts_once()
    {
        Begin(5);
        Add(5, Lines(1, 5));

        Assert.Null(Add(5, Lines(0, 5)));
        Assert.Null(Add(5, Lines(2, 5)));
        Assert.NotNull(Add(5, Lines(3, 5)));
    }

    [Theory]
    [InlineData("size")]
    [InlineData("root")]
    [InlineData("log")]
    [InlineData("flipped")]
    public void Cosignature_of_something_else_is_not_genuine(string what)
    {
        Begin(5);
        var other = what switch
        {
            "size" => _owner.HeadAt(9) with { Root = _owner.RootAt(5) },
            "root" => _owner.HeadAt(5) with { Root = Digest.Of("other"u8) },
            "log" => _owner.HeadAt(5) with { Origin = SampleLeague.OriginOf(3) },
            _ => _owner.HeadAt(5),
        };
        var lines = SampleLeague.Lines(other, 1, 1, 0);

        Assert.Null(_round.Add(5, what == "flipped" ? [Flip(lines[0]), lines[1]] : lines, out var voices));

        Assert.Null(voices);
        AssertFinalWithOthers();
    }

    [Fact]
    public void Voices_of_another_epoch_and_of_strangers_are_none()
    {
        Begin(5);

        foreach (var lines in new[] { SampleLeague.Lines(_owner.HeadAt(5), 1, 2, 0), SampleLeague.Lines(_owner.HeadAt(5), 7, 1, 0), [] })
        {
            Assert.Null(_round.Add(5, lines, out var voices));
            Assert.Null(voices);
        }

        AssertFinalWithOthers();
    }

    [Fact]
    public void Answer_to_an_earlier_head_counts_for_nothing_and_accuses_nobody()
    {
        Begin(5);
        AssertFinalWithOthers();
        Begin(9);

        Assert.Null(_round.Add(5, Lines(1, 5), out var voices));

        Assert.Empty(voices!);
        Assert.Null(Add(9, Lines(1, 9)));
        Assert.Null(Add(9, Lines(2, 9)));
        Assert.NotNull(Add(9, Lines(3, 9)));
    }

    /// <summary>A liar's genuine voice below junk in an honest court's name must not take that court's voice away.</summary>
    [Fact]
    public void Liars_junk_in_the_names_of_honest_courts_takes_no_voice_away()
    {
        Begin(5);
        Add(5, Lines(1, 5));
        Add(5, Lines(2, 5));

        _round.Add(5, [new NoteSignature(CosignerName.Of(_courts[1].Origin, 1), 1, new byte[64]), .. Lines(4, 5)], out _);

        Assert.False(_round.IsOpen);
        Assert.Equal(CheckpointVerdict.Valid, _verifier.Verify(_round.Note.Span, _courts[0].Origin, out var vouched));
        Assert.Equal(4, vouched!.Vouchers.Count);
    }

    /// <summary>A note has room for 256 lines: a liar that fills it would keep every later voice out.</summary>
    [Fact]
    public void Liars_junk_does_not_fill_the_note()
    {
        Begin(5);

        _round.Add(5, [.. Lines(4, 5), .. Enumerable.Range(1, 300).Select(i => new NoteSignature("junk.example", (uint)i, new byte[64]))], out _);

        Add(5, Lines(1, 5));
        Assert.NotNull(Add(5, Lines(2, 5)));
    }

    [Fact]
    public void Receipt_line_that_a_liar_left_out_of_anothers_voice_comes_with_that_court()
    {
        Begin(5);
        Add(5, [Lines(1, 5)[0]]);
        Add(5, Lines(1, 5));
        Add(5, Lines(2, 5));

        var head = Add(5, Lines(3, 5))!;

        Assert.All(head.Vouched!.Vouchers, v => Assert.False(v.ReceiptSignature.IsEmpty));
    }

    [Fact]
    public void Head_that_is_shown_gives_way_to_none_before_it_is_final()
    {
        Begin(5);

        Begin(9);

        Assert.Equal(5, _round.Target!.Size);
    }

    [Fact]
    public void Court_by_itself_is_final_at_once()
    {
        var alone = new SampleCourts(1);
        using var verifier = new EpochVerifier(alone.First);
        var round = new FinalityRound(new CourtSeat(
            alone.Governance, verifier, alone[0], new Cosigner(alone[0].Origin, 1, SampleLeague.CosignerKey(0, 1), _noteKey)));
        var owner = new SampleOwner(alone).Batch(1);

        var head = round.Begin(new LogHead(3, owner.RootAt(3), owner.NoteAt(3)), s_now);

        Assert.Equal(3, head!.Size);
    }

    private void AssertFinalWithOthers()
    {
        Add(5, Lines(2, 5));
        Add(5, Lines(3, 5));
        Assert.NotNull(Add(5, Lines(4, 5)));
    }

    private void Begin(int size) => _round.Begin(new LogHead(size, _owner.RootAt(size), _owner.NoteAt(size)), s_now);

    private FinalHead? Add(long size, IReadOnlyList<NoteSignature> lines) => _round.Add(size, lines, out _);

    private IReadOnlyList<NoteSignature> Lines(int court, int size, long later = 0) => SampleLeague.Lines(_owner.HeadAt(size), court, 1, 1_767_225_600 + later);

    private static NoteSignature Flip(NoteSignature line)
    {
        var bytes = line.Signature.ToArray();
        bytes[^1] ^= 1;
        return line with { Signature = bytes };
    }
}
