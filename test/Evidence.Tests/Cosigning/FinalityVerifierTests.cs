using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using FsCheck;
using FsCheck.Fluent;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Cosigning;

/// <summary>Laws of finality. That every step refuses what it must is the packs' vectors to show.</summary>
public sealed class FinalityVerifierTests
{
    private static readonly Epoch s_epoch = Epoch(5);
    private static readonly GovernanceLog s_log = GovernanceLog.Begin(s_epoch, ApprovedBy(s_epoch, 5));
    private static readonly Checkpoint s_checkpoint = new(OriginOf(0), 1234, TreeHash.OfLeaf("entry"u8));

    /// <summary>Courts 5 and 6 are strangers; any court may stand there any number of times, in any order.</summary>
    [Fact]
    public void Final_means_q_distinct_courts_of_the_epoch_whatever_else_stands_under_the_note()
    {
        var cosigners = Gen.ListOf(Gen.Choose(0, 6)).ToArbitrary();
        Prop.ForAll(cosigners, courts =>
        {
            var vouching = courts.Where(c => c < 5).Distinct().Order().ToArray();
            Assert.Equal(CheckpointVerdict.Valid, FinalityVerifier.Verify(s_log, Note(s_checkpoint, 1, courts), OriginOf(0), out var vouched));
            Assert.Equal(vouching.Select(CodeOf), vouched!.Vouchers.Select(v => v.Court.Code));
            Assert.Equal(vouching.Length >= 4, vouched.IsFinal);
            Assert.Equal(vouching.Length == 0 ? null : 1_767_225_600 + vouching[(vouching.Length - 1) / 2], vouched.MedianTimeSeconds);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 3));
    }

    /// <summary>One checkpoint under two epochs, the second of which takes the log over at some size.</summary>
    [Fact]
    public void Checkpoint_is_final_in_the_first_epoch_up_to_the_takeover_and_in_the_second_from_there()
    {
        var sizes = Gen.Choose(1, 6).SelectMany(at => Gen.Choose(1, 6).Select(size => (at, size))).ToArbitrary();
        Prop.ForAll(sizes, pair =>
        {
            var head = s_checkpoint with { Size = pair.size };
            var second = Evidence.Governance.Epoch.Of(new EpochDraft
            {
                Number = 2, Previous = s_epoch.Hash, Liars = 1, Courts = [.. Enumerable.Range(0, 5).Select(c => Court(c, 2))],
                Logs = [new LogTerminal(OriginOf(0), pair.at, s_checkpoint.Root)],
            });
            var log = s_log.Append(second, ApprovedBy(second, 5));
            Assert.Equal(pair.size <= pair.at, IsFinal(log, Note(head, 1, 0, 1, 2, 3)));
            Assert.Equal(pair.size >= pair.at, IsFinal(log, Note(head, 2, 0, 1, 2, 3)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(36).WithReplay(20261123, 5));
    }

    [Fact]
    public void Log_that_no_epoch_names_is_vouched_for_by_nobody()
    {
        Assert.Equal(CheckpointVerdict.Valid, FinalityVerifier.Verify(s_log, Note(s_checkpoint, 1, 0, 1, 2, 3), "log.elsewhere.example/1", out var vouched));
        Assert.Null(vouched);
    }

    [Theory]
    [InlineData("no note", CheckpointVerdict.NotANote)]
    [InlineData("no checkpoint\n\n\u2014 a AAAAAAAA\n", CheckpointVerdict.NotACheckpoint)]
    public void Anything_else_is_refused(string text, CheckpointVerdict verdict) =>
        Assert.Equal(verdict, FinalityVerifier.Verify(s_log, System.Text.Encoding.UTF8.GetBytes(text), OriginOf(0), out _));

    private static bool IsFinal(GovernanceLog log, byte[] note) =>
        FinalityVerifier.Verify(log, note, OriginOf(0), out var vouched) == CheckpointVerdict.Valid && vouched is { IsFinal: true };
}
