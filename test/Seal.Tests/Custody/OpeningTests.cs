using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class OpeningTests
{
    private static readonly OpeningGrant TenToEleven =
        new("G-1", "officer 7", Door.Start.AddHours(1), Door.Start.AddHours(2));

    /// <summary>Domain T19: grant 10:00–11:00, door still open at 11:05.</summary>
    [Fact]
    public void DoorStillOpenAfterTheWindow_IsOverdue()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Strip, true).Contact(SealInput.Door, true);
        door.At(Door.Start.AddMinutes(119));
        Assert.DoesNotContain(FactKinds.OpenOverdue, door.Kinds);
        door.At(Door.Start.AddMinutes(125)).Tick(TimeSpan.FromMinutes(1));

        var overdue = Assert.Single(door.Facts, fact => fact.Kind == FactKinds.OpenOverdue);
        Assert.Equal(AlarmLevel.L2, overdue.Level);
        Assert.Equal("300000", overdue.Field("late"));
        Assert.DoesNotContain(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void DoorOpenedInTheWindow_IsARecordFilmedInSilence()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Strip, true).Contact(SealInput.Door, true);

        Assert.Equal(
            [FactKinds.GrantAccepted, FactKinds.OpenStart, FactKinds.StripCut, FactKinds.DoorOpen],
            door.Kinds);
        Assert.All(door.Facts, fact => Assert.False(fact.IsAlarm));
        Assert.Contains(new CustodyAction.StartCamera(FactKinds.OpenStart), door.Actions);
        Assert.DoesNotContain(door.Actions, action => action is CustodyAction.StartSiren or CustodyAction.Speak);
    }

    [Fact]
    public void ShutInTime_EndsTheOpeningWithTheWindow()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Door, true);
        door.At(Door.Start.AddMinutes(80)).Contact(SealInput.Door, false);
        door.At(Door.Start.AddMinutes(121));

        Assert.Equal(FactKinds.OpenEnd, door.Kinds[^1]);
        Assert.Null(door.State.Opening);
    }

    [Fact]
    public void ShutLate_EndsTheOverdueOpening()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Door, true);
        door.At(Door.Start.AddMinutes(125)).Contact(SealInput.Door, false).Tick(TimeSpan.FromSeconds(1));

        Assert.Equal([FactKinds.OpenOverdue, FactKinds.DoorClosed, FactKinds.OpenEnd], door.Kinds[^3..]);
    }

    [Fact]
    public void DoorOpenedAfterTheWindow_IsAlarmEvenBeforeTheFirstTick()
    {
        var door = Granted();
        door.Pass(TimeSpan.FromHours(3)).Contact(SealInput.Door, true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
        Assert.Equal([FactKinds.GrantAccepted, FactKinds.GrantUnused, FactKinds.DoorOpen], door.Kinds);
    }

    [Fact]
    public void DoorOpenedBeforeTheWindow_IsAlarm()
    {
        var door = Granted();
        door.Contact(SealInput.Door, true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void CoverOpenedInTheWindow_IsL2WithPicturesButNoSound()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Cover, true);

        Assert.Contains(door.Facts, fact => fact is { Kind: FactKinds.CoverOpen, Level: AlarmLevel.L2 });
        Assert.Equal("authorised opening", door.Facts[^1].Field("reason"));
        Assert.Contains(new CustodyAction.StartCamera(FactKinds.CoverOpen), door.Actions);
        Assert.DoesNotContain(door.Actions, action => action is CustodyAction.StartSiren or CustodyAction.Speak);
    }

    [Fact]
    public void ClockTurnedBackInTheWindow_DoesNotProlongIt()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).TurnClock(TimeSpan.FromMinutes(-10)).Tick(TimeSpan.FromMinutes(51));
        door.Contact(SealInput.Door, true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void WindowReachedWhileTheSirenSounds_Silences()
    {
        var door = Granted();
        door.Contact(SealInput.Strip, true);
        door.Pass(TimeSpan.FromMinutes(55)).Contact(SealInput.Strip, true);
        door.Forget();
        door.At(Door.Start.AddHours(1));

        Assert.Contains(new CustodyAction.StopSiren(), door.Actions);
    }

    [Fact]
    public void GrantEndedEarlyWithTheDoorOpen_IsOverdueAtOnce()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Door, true);
        door.Feed(new Reading.GrantEnded(door.Now));

        Assert.Equal(FactKinds.OpenOverdue, door.Kinds[^1]);
    }

    [Fact]
    public void SecondGrantWhileOverdue_CoversTheOpenDoorAgain()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Door, true);
        door.At(Door.Start.AddMinutes(125));
        door.Feed(new Reading.GrantGiven(door.Now, TenToEleven with { Id = "G-2", Until = Door.Start.AddMinutes(150) }));
        door.Contact(SealInput.Door, false).Contact(SealInput.Door, true);
        door.At(Door.Start.AddMinutes(151));

        Assert.Equal(2, door.Facts.Count(fact => fact.Kind == FactKinds.OpenOverdue));
        Assert.DoesNotContain(new CustodyAction.StartSiren(), door.Actions);
    }

    [Theory]
    [InlineData(60, 60, "window ends before it begins")]
    [InlineData(-60, -1, "window is over")]
    [InlineData(0, 721, "window longer than allowed")]
    public void UnusableGrant_IsRefusedWithItsReason(int fromMinutes, int untilMinutes, string reason)
    {
        var door = Door.Armed();
        var grant = new OpeningGrant("G", "o", door.Wall.AddMinutes(fromMinutes), door.Wall.AddMinutes(untilMinutes));
        door.Feed(new Reading.GrantGiven(door.Now, grant));

        Assert.Equal(FactKinds.GrantRefused, Assert.Single(door.Kinds));
        Assert.Equal(reason, door.Facts[0].Field("reason"));
        Assert.Null(door.State.Opening);
    }

    [Fact]
    public void LaterGrantDuringAnOpening_IsRefused()
    {
        var door = Granted();
        door.At(Door.Start.AddMinutes(70)).Contact(SealInput.Door, true);
        door.Feed(new Reading.GrantGiven(door.Now, TenToEleven with { Id = "G-2", From = Door.Start.AddMinutes(90) }));

        Assert.Equal(FactKinds.GrantRefused, door.Kinds[^1]);
        Assert.Equal("G-1", door.State.Opening!.Grant.Id);
    }

    private static Door Granted()
    {
        var door = Door.Armed();
        door.Feed(new Reading.GrantGiven(door.Now, TenToEleven));
        return door;
    }
}
