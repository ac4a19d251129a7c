using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class CustodyMachineTests
{
    [Theory]
    [InlineData(nameof(SealInput.Strip), "strip.cut")]
    [InlineData(nameof(SealInput.Door), "door.open")]
    [InlineData(nameof(SealInput.Cover), "cover.open")]
    [InlineData(nameof(SealInput.Wall), "wall.off")]
    public void ContactBrokenWhileArmed_IsL3WithSirenVoiceAndCamera(string input, string kind)
    {
        var door = Door.Armed();
        door.Contact(Enum.Parse<SealInput>(input), active: true);

        var fact = Assert.Single(door.Facts);
        Assert.Equal(kind, fact.Kind);
        Assert.Equal(AlarmLevel.L3, fact.Level);
        Assert.Equal(
            [
                new CustodyAction.StartSiren(),
                new CustodyAction.Speak(3),
                new CustodyAction.StartCamera(kind),
                new CustodyAction.TakeStills(kind, door.Now),
            ],
            door.Actions);
    }

    [Fact]
    public void StripCutWhileDisarmed_IsARecordWithoutAction()
    {
        var door = new Door().Contact(SealInput.Strip, active: true);

        Assert.Equal(AlarmLevel.Record, Assert.Single(door.Facts).Level);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void InputFoundAtRest_IsNoFact()
    {
        var door = Door.Armed().Contact(SealInput.Door, active: false);

        Assert.Empty(door.Facts);
    }

    [Fact]
    public void StripRestored_IsRecordedOnce()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true).Contact(SealInput.Strip, false).Contact(SealInput.Strip, false);

        Assert.Equal([FactKinds.StripCut, FactKinds.StripRestored], door.Kinds);
    }

    [Fact]
    public void StripCutAgainAfterALostEdge_AlarmsAgain()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Forget();
        door.Contact(SealInput.Strip, true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
    }

    /// <summary>Domain T18: forty taps in five minutes.</summary>
    [Fact]
    public void FortyTapsInFiveMinutes_AreFortyCountedFactsAndNoAlarm()
    {
        var door = Door.Armed();
        for (var tap = 0; tap < 40; tap++)
        {
            door.Push(strength: 4, milliseconds: 40, restMilliseconds: 7_400);
        }

        Assert.Equal(40, door.Facts.Count);
        Assert.All(door.Facts, fact => Assert.Equal(FactKinds.LightTouch, fact.Kind));
        Assert.Equal("40", door.Facts[^1].Field("count"));
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void TouchWithoutFurtherSamples_IsEndedByTheTick()
    {
        var door = Door.Armed();
        door.Hold(Door.Rest with { X = 3 }, TimeSpan.FromMilliseconds(30));
        door.Tick(TimeSpan.FromSeconds(1));

        Assert.Equal([FactKinds.LightTouch], door.Kinds);
    }

    [Fact]
    public void BlowOverThresholdThatLasts_IsL1WithVoiceTwoAndCameraButNoSiren()
    {
        var door = Door.Armed().Push(strength: 20, milliseconds: 30);

        var fact = Assert.Single(door.Facts);
        Assert.Equal((FactKinds.Impact, AlarmLevel.L1), (fact.Kind, fact.Level));
        Assert.Equal(
            [
                new CustodyAction.Speak(2),
                new CustodyAction.StartCamera(FactKinds.Impact),
                new CustodyAction.TakeStills(FactKinds.Impact, fact.At),
            ],
            door.Actions);
    }

    [Fact]
    public void StrongBlow_IsL2()
    {
        var door = Door.Armed().Push(strength: 45, milliseconds: 30);

        Assert.Contains(door.Facts, fact => fact is { Kind: FactKinds.Impact, Level: AlarmLevel.L2 });
    }

    [Fact]
    public void BlowShorterThanTheMinimum_IsALightTouch()
    {
        var door = Door.Armed().Push(strength: 40, milliseconds: 10);

        Assert.Equal([FactKinds.LightTouch], door.Kinds);
    }

    [Fact]
    public void SealTurnedAndHeld_IsOneTiltAlarm()
    {
        var door = Door.Armed();
        var turned = new Acceleration(9.81 * Math.Sin(Math.PI / 9), 9.81 * Math.Cos(Math.PI / 9), 0);
        door.Hold(turned, TimeSpan.FromSeconds(5));

        var tilt = Assert.Single(door.Facts, fact => fact.Kind == FactKinds.Tilt);
        Assert.Equal(AlarmLevel.L3, tilt.Level);
        Assert.InRange(int.Parse(tilt.Field("millidegrees")!), 19_900, 20_100);
        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void SealTurnedBack_IsLevelAgainAndTheNextTiltIsNew()
    {
        var door = Door.Armed();
        for (var turn = 0; turn < 2; turn++)
        {
            door.Hold(new Acceleration(5, 8.44, 0), TimeSpan.FromSeconds(3)).Hold(Door.Rest, TimeSpan.FromSeconds(3));
        }

        string[] tilts = [.. door.Kinds.Where(kind => kind is FactKinds.Tilt or FactKinds.TiltLevel)];
        Assert.Equal([FactKinds.Tilt, FactKinds.TiltLevel, FactKinds.Tilt, FactKinds.TiltLevel], tilts);
    }

    [Fact]
    public void SealTurnedBeforeTheBaselineSettled_IsNoTilt()
    {
        var door = new Door();
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(1)));
        door.Hold(Door.Rest, TimeSpan.FromSeconds(3)).Hold(new Acceleration(9.81, 0, 0), TimeSpan.FromSeconds(20));

        Assert.DoesNotContain(FactKinds.Tilt, door.Kinds);
    }

    [Fact]
    public void SlowTurning_IsATiltToo()
    {
        var door = Door.Armed();
        for (var tenth = 0; tenth < 120; tenth++)
        {
            var angle = tenth * Math.PI / 1_800;
            door.Hold(new Acceleration(9.81 * Math.Sin(angle), 9.81 * Math.Cos(angle), 0), TimeSpan.FromMilliseconds(900));
        }

        Assert.Contains(FactKinds.Tilt, door.Kinds);
    }

    [Fact]
    public void SensorClockGoingBack_DoesNotStretchATouchIntoAnImpact()
    {
        var door = Door.Armed();
        door.Hold(Door.Rest with { Z = 20 }, TimeSpan.FromMilliseconds(10));
        door.TurnClock(TimeSpan.FromHours(-1));
        door.Hold(Door.Rest with { Z = 20 }, TimeSpan.FromMilliseconds(10)).Hold(Door.Rest, TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(FactKinds.Impact, door.Kinds);
    }

    [Fact]
    public void SirenAtItsCap_StopsByItselfAndSaysSo()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Tick(TimeSpan.FromSeconds(1_199));
        Assert.DoesNotContain(new CustodyAction.StopSiren(), door.Actions);
        door.Tick(TimeSpan.FromSeconds(1));

        Assert.Contains(new CustodyAction.StopSiren(), door.Actions);
        Assert.Equal("cap", door.Facts[^1].Field("reason"));
    }

    [Fact]
    public void SirenSounding_RepeatsTheVoice()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Forget();
        door.Tick(TimeSpan.FromSeconds(29)).Tick(TimeSpan.FromSeconds(1)).Tick(TimeSpan.FromSeconds(1));

        Assert.Equal([new CustodyAction.Speak(3)], door.Actions);
    }

    [Fact]
    public void SirenOffByCommand_StopsAndTheNextTriggerStartsAgain()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Feed(new Reading.SirenOff(door.Now, "officer 7"));
        Assert.Contains(new CustodyAction.StopSiren(), door.Last.Actions);
        door.Contact(SealInput.Door, true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Last.Actions);
    }

    [Fact]
    public void CameraAfterItsHold_Stops()
    {
        var door = Door.Armed().Push(20, 30);
        door.Tick(TimeSpan.FromSeconds(299));
        Assert.DoesNotContain(new CustodyAction.StopCamera(), door.Actions);
        door.Tick(TimeSpan.FromSeconds(1));

        Assert.Contains(new CustodyAction.StopCamera(), door.Actions);
    }

    [Fact]
    public void ArmingWithTheStripOpen_IsRecordedAsSuch()
    {
        var door = new Door().Contact(SealInput.Strip, true);
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(1)));

        Assert.Equal(AlarmLevel.L1, door.Facts[^1].Level);
        Assert.Equal("strip", door.Facts[^1].Field("open_inputs"));
    }

    [Fact]
    public void ArmingAfterTheLegalEnd_IsRefused()
    {
        var door = new Door();
        door.Feed(new Reading.Arm(door.Now, door.Wall));

        Assert.Equal([FactKinds.ArmRefused], door.Kinds);
        Assert.False(door.State.IsArmed);
    }
}
