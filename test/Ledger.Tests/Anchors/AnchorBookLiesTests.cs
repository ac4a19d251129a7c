using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>Each thing that an engine or a court may do wrong, and the one alarm that it raises.</summary>
public sealed class AnchorBookLiesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _time = new(s_start);
    private readonly MemoryAnchorBookStore _store = new();
    private readonly AnchorBook _book;
    private AnchorSession _session;

    public AnchorBookLiesTests()
    {
        _book = AnchorBook.Open(_store, RunningLink.BookOptions(), _time);
        _session = _book.Meet(new EngineIdentity("engine one", 0), null)!.Value;
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void HonestPlaces_BecomeBlocksThatCommitToAllBefore()
    {
        _book.Owe(Own(5));
        Assert.True(Show(1, Other(3)));
        Assert.True(Show(2, Own(5)));

        var blocks = _book.ReadBlocks(0, 10);
        Assert.Equal([1, 2], blocks.Select(block => block.Number));
        var first = AnchorBlock.HashOf(AnchorBlock.StartOf("engine one"), Other(3));
        Assert.Equal(first, blocks[0].Hash);
        Assert.Equal(AnchorBlock.HashOf(first, Own(5)), blocks[1].Hash);
        Assert.Empty(_book.Owed);
        Assert.Empty(_book.Alarms);
        Assert.Equal(blocks[1], _book.Find(Own(5).Log, 4));
        Assert.Null(_book.Find(Own(5).Log, 6));
    }

    [Fact]
    public void WhatAChainShowsFromBeforeTheBook_CountsNotAsAnchored()
    {
        Show(1, Own(3));
        Assert.False(_book.HasOwed(Own(3).Log));
        _book.Owe(Own(5));
        Assert.True(_book.HasOwed(Own(5).Log));
        Assert.Null(_book.NewestOf(Own(5).Log));

        Show(2, Own(5));
        Assert.Equal(5, _book.NewestOf(Own(5).Log)!.Anchor.Size);
        Assert.Null(_book.NewestOf(Other(5).Log));
    }

    [Fact]
    public void WhatAnEngineThatIsSetAsideSaysOfItself_IsToldToWhoMayAdoptIt()
    {
        Assert.Equal("engine one", _book.Answered!.Value);
        _book.Meet(new EngineIdentity("engine two", 0), _session);
        Assert.Equal("engine two", _book.Answered.Value);
    }

    [Fact]
    public void AnotherIdentity_SetsTheEngineAside()
    {
        Assert.Null(_book.Meet(new EngineIdentity("engine two", 0), _session));
        SetAsideBy(AnchorAlarmKind.IdentityChanged, "engine two");
    }

    [Fact]
    public void EmptyIdentity_IsTroubleAndNothingElse()
    {
        Assert.Null(_book.Meet(new EngineIdentity("", 0), _session));
        Assert.Equal(AnchorCondition.Unreachable, _book.State.Condition);
    }

    [Fact]
    public void PositionBelowWhatWasShown_SetsTheEngineAside()
    {
        Show(7, Other(3));
        Assert.Null(_book.Meet(new EngineIdentity("engine one", 6), _book.Session));
        SetAsideBy(AnchorAlarmKind.WentBack, "answered: 6");
    }

    [Fact]
    public void AnswerThatWasAskedForBeforeThePlaceCame_ProvesNothing()
    {
        var asked = _book.Session;
        Show(7, Other(3));
        Assert.NotNull(_book.Meet(new EngineIdentity("engine one", 6), asked));
        Assert.Empty(_book.Alarms);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(6)]
    public void PlaceNotAfterTheLast_SetsTheEngineAside(long position)
    {
        Show(7, Other(3));
        Assert.False(Show(position, Other(4)));
        SetAsideBy(AnchorAlarmKind.OutOfOrder, $"position: {position}");
    }

    [Fact]
    public void AcknowledgedAnchorLeftOut_SetsTheEngineAside()
    {
        Send(Own(5));
        _book.Owe(Own(6));
        _book.Tried(Own(6));
        Assert.False(Show(1, Own(6)));
        SetAsideBy(AnchorAlarmKind.OwnAnchorMissing, Convert.ToHexStringLower(Own(5).Encode()));
    }

    [Fact]
    public void AcknowledgedAnchorThatNeverAppears_SetsTheEngineAsideAfterThePatience()
    {
        Send(Own(5));
        _time.Advance(TimeSpan.FromSeconds(60));
        _book.LookForMissing(_session);
        Assert.Empty(_book.Alarms);
        _time.Advance(TimeSpan.FromSeconds(1));
        _book.LookForMissing(_session);
        SetAsideBy(AnchorAlarmKind.OwnAnchorMissing, "missing");
    }

    [Fact]
    public void TriedAnchorThatNeverAppears_IsVouchedForByTheNextAndNoAlarm()
    {
        _book.Owe(Own(5));
        _book.Tried(Own(5));
        _book.Owe(Own(6));
        Assert.True(Show(1, Own(6)));
        Assert.Empty(_book.Owed);
        Assert.Empty(_book.Alarms);
    }

    [Fact]
    public void OwnLogWithADigestNeverOwed_SetsTheEngineAside()
    {
        _book.Owe(Own(5));
        Assert.False(Show(1, Own(5) with { Checkpoint = Digest.Of("forged"u8) }));
        SetAsideBy(AnchorAlarmKind.OwnLogMisstated, "record");
    }

    [Fact]
    public void OwnAnchorShownTwice_SetsTheEngineAside()
    {
        Send(Own(5));
        Show(1, Own(5));
        Assert.False(Show(2, Own(5)));
        SetAsideBy(AnchorAlarmKind.OwnLogMisstated, "position: 2");
    }

    [Fact]
    public void OwnAnchorsFromBeforeThisBook_AreNotJudged()
    {
        _book.Owe(Own(5));
        Assert.True(Show(1, Own(3)));
        Assert.Empty(_book.Alarms);
    }

    [Fact]
    public void AnswerThatShowsTampering_SetsTheEngineAsideWithTheAnswer()
    {
        _book.Lied(_session, new AnchorEngineException(AnchorFailure.Lied, "version 2") { Evidence = new byte[] { 0xab, 0xcd } });
        SetAsideBy(AnchorAlarmKind.RecordTampered, "answer: abcd");
    }

    [Fact]
    public void MoreLogsThanCourtsHave_SetTheEngineAside()
    {
        var book = AnchorBook.Open(new MemoryAnchorBookStore(), new AnchorBookOptions { Origin = "o", LogsMax = 1 }, _time);
        var session = book.Meet(new EngineIdentity("e", 0), null)!.Value;
        Assert.True(book.Take(session, new AnchorPlace(1, Other(1).Encode(), "1")));
        Assert.False(book.Take(session, new AnchorPlace(2, Other(1, "third.example").Encode(), "2")));
        Assert.Equal(AnchorAlarmKind.Flooded, Assert.Single(book.Alarms).Kind);
    }

    [Fact]
    public void OtherBlocksAtOneCourt_AreAnAlarmAtTwoTheEngineHasTwoFaces()
    {
        Show(1, Other(3));
        var head = _book.LastBlock!.Head;
        Assert.Equal(HeadComparison.Same, _book.Compare("b", head));
        Assert.Equal(HeadComparison.Unknown, _book.Compare("b", head with { Number = 2 }));
        var other = head with { Hash = Digest.Of("other"u8) };
        Assert.Equal(HeadComparison.Different, _book.Compare("b", other));
        Assert.Equal(HeadComparison.Different, _book.Compare("b", other));
        Assert.Equal(AnchorAlarmKind.HeadContested, Assert.Single(_book.Alarms).Kind);
        Assert.NotNull(_book.Session);
        _book.Compare("c", other);
        SetAsideBy(AnchorAlarmKind.TwoFaces, "theirs");
    }

    [Fact]
    public void MalformedRecord_IsAlarmedOnceAndPassedOver()
    {
        Assert.True(_book.Take(_session, new AnchorPlace(1, new byte[71], "short")));
        Assert.True(_book.Take(_session, new AnchorPlace(2, new byte[72], "size 0")));
        Assert.True(Show(3, Other(3)));
        Assert.Equal(AnchorAlarmKind.RecordMalformed, Assert.Single(_book.Alarms).Kind);
        Assert.Equal(1, _book.LastBlock!.Number);
        Assert.Equal(3, _book.Segment!.Position);
    }

    [Fact]
    public void AnotherCourtsLogGoingBack_IsThatCourtsAlarmAndTheEngineStays()
    {
        Show(1, Other(3));
        Assert.True(Show(2, Other(2)));
        Assert.True(Show(3, Other(1)));
        Assert.Equal(AnchorAlarmKind.LogWentBack, Assert.Single(_book.Alarms).Kind);
        Assert.Equal(3, _book.LastBlock!.Number);
    }

    [Fact]
    public void TwoDigestsForOneSizeOfAnotherCourt_AreThatCourtsFork()
    {
        Show(1, Other(3));
        Assert.True(Show(2, Other(3) with { Checkpoint = Digest.Of("fork"u8) }));
        var alarm = Assert.Single(_book.Alarms);
        Assert.Equal(AnchorAlarmKind.LogForked, alarm.Kind);
        Assert.Equal(Other(3).Log, alarm.Log);
        Assert.NotNull(_book.Session);
    }

    [Fact]
    public void OweOfAnotherDigestForTheSameSize_IsRefused()
    {
        _book.Owe(Own(5));
        Assert.Throws<ArgumentException>(() => _book.Owe(Own(5) with { Checkpoint = Digest.Of("fork"u8) }));
        _book.Owe(Own(4));
        Assert.Equal([Own(5)], _book.Owed.Select(owed => owed.Anchor));
    }

    [Fact]
    public void NewerSize_TakesThePlaceOfWhatWasNeverSentAndOwesSinceThen()
    {
        _book.Owe(Own(5));
        _time.Advance(TimeSpan.FromSeconds(11));
        _book.Owe(Own(6));
        var owed = Assert.Single(_book.Owed);
        Assert.Equal((Own(6), s_start), (owed.Anchor, owed.Since));
        Assert.Equal(AnchorCondition.Behind, _book.State.Condition);
    }

    [Fact]
    public void AnchorReplacedBeforeItWasHandedOver_MustNotBeSent()
    {
        _book.Owe(Own(5));
        var due = Assert.Single(_book.Due().Anchors);
        _book.Owe(Own(6));
        Assert.False(_book.Tried(due));
        Assert.True(_book.Tried(Own(6)));
    }

    [Fact]
    public void Adopting_BeginsASegmentTiedToTheOldOneAndOwesTheNewestAgain()
    {
        Send(Own(5));
        Show(1, Own(5));
        Show(2, Other(3));
        var old = _book.LastBlock!;
        _book.Meet(new EngineIdentity("engine two", 0), _session);
        _book.Adopt("engine two");

        Assert.Equal((2, 0, 0), (_book.Segment!.Serial, _book.Segment.Position, _book.Segment.Number));
        Assert.Equal(2, _book.Owed.Count);
        Assert.Contains(_book.Owed, owed => owed.Anchor == Own(5));
        var link = _book.Owed.Single(owed => owed.Anchor != Own(5)).Anchor;
        Assert.Equal((2, old.Hash), (link.Size, link.Checkpoint));
        Assert.False(Show(3, Other(4)), "a place of the engine before counts no more");
        _session = _book.Session!.Value;
        Assert.True(Show(1, Own(5)));
        Assert.True(Show(2, link));
        Assert.NotNull(_book.LastCatchUp);
        Assert.Equal((4, 2), (_book.LastBlock!.Serial, _book.LastBlock.Number));
    }

    [Fact]
    public void SetAside_StaysSoAfterARestartUntilAdopted()
    {
        Show(7, Other(3));
        Show(6, Other(4));
        var again = AnchorBook.Open(_store, RunningLink.BookOptions(), _time);
        Assert.Null(again.Session);
        Assert.Equal(AnchorCondition.SetAside, again.State.Condition);
        again.Adopt("engine one");
        Assert.Equal(0, again.Session!.Value.Position);
        Assert.Equal(AnchorCondition.Good, again.State.Condition);
    }

    [Fact]
    public void JoiningLate_GoesOnFromAnotherCourtsBlock()
    {
        Show(1, Other(1));
        Show(2, Other(2));
        var second = _book.LastBlock!;
        var join = new AnchorStart("engine one", second.Position, second.Number, second.Hash);
        var late = AnchorBook.Open(new MemoryAnchorBookStore(), new AnchorBookOptions { Origin = "late", JoinAt = join }, _time);
        var session = late.Meet(new EngineIdentity("engine one", 9), null)!.Value;
        late.Take(session, new AnchorPlace(3, Other(3).Encode(), "3"));
        Show(3, Other(3));
        Assert.Equal(HeadComparison.Same, _book.Compare("late", late.LastBlock!.Head));
    }

    private static Anchor Own(long size) => Other(size, "court0.example/log/1");

    private static Anchor Other(long size, string origin = "court1.example/log/1") =>
        new(Anchor.LogOf(origin), size, Digest.Of(Encoding.UTF8.GetBytes($"{origin} {size}")));

    private bool Show(long position, Anchor anchor) => _book.Take(_session, new AnchorPlace(position, anchor.Encode(), $"row {position}"));

    private void Send(Anchor anchor)
    {
        _book.Owe(anchor);
        _book.Tried(anchor);
        _book.Acknowledged(anchor);
    }

    private void SetAsideBy(AnchorAlarmKind kind, string evidence)
    {
        var alarm = _book.Alarms[^1];
        Assert.Equal(kind, alarm.Kind);
        Assert.True(alarm.SetsAside);
        Assert.Contains(evidence, Encoding.UTF8.GetString(alarm.Evidence.Span));
        Assert.Equal((AnchorCondition.SetAside, alarm.Sentence), (_book.State.Condition, _book.State.Reason));
        Assert.Null(_book.Session);
        Assert.Empty(_book.Due().Anchors);
        Assert.Equal(alarm.Kind, _store.Load().Alarms[^1].Kind);
    }
}
