using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class LegalBasisTests
{
    /// <summary>Domain T12: voice after lapse or lift is silent, and says so.</summary>
    [Fact]
    public void StripCutAfterTheLegalEnd_IsSilentAndRecordedAsSuppressed()
    {
        var door = Door.Armed();
        door.At(Door.Start.AddDays(30));
        door.Forget();
        door.Contact(SealInput.Strip, true);

        Assert.Equal([FactKinds.StripCut, FactKinds.VoiceSuppressed], door.Kinds);
        Assert.Equal("no legal basis", door.Facts[1].Field("reason"));
        Assert.Equal("strip.cut", door.Facts[1].Field("trigger"));
        Assert.All(door.Facts, fact => Assert.Equal(AlarmLevel.Record, fact.Level));
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void LegalEndReachedWhileTheSirenSounds_StopsSirenVoiceAndCamera()
    {
        var door = Door.Armed();
        door.Feed(new Reading.LegalEndSet(door.Now, door.Wall.AddMinutes(1))).Contact(SealInput.Strip, true);
        door.Forget();
        door.Tick(TimeSpan.FromMinutes(1));

        Assert.Equal([FactKinds.LegalLapsed, FactKinds.SirenOff], door.Kinds);
        Assert.Equal(
            [new CustodyAction.StopSiren(), new CustodyAction.StopVoice(), new CustodyAction.StopCamera()],
            door.Actions);
    }

    [Fact]
    public void LegalEndReached_IsRecordedOnce()
    {
        var door = Door.Armed();
        door.At(Door.Start.AddDays(30)).Tick(TimeSpan.FromHours(1)).Tick(TimeSpan.FromHours(1));

        Assert.Single(door.Kinds, FactKinds.LegalLapsed);
    }

    [Fact]
    public void LegalEndMovedIntoThePast_TakesEffectWithThatReading()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Feed(new Reading.LegalEndSet(door.Now, door.Wall.AddSeconds(-1)));

        Assert.Contains(new CustodyAction.StopSiren(), door.Last.Actions);
    }

    [Fact]
    public void LiftedSeal_StopsSirenVoiceAndCamera()
    {
        var door = Door.Armed().Contact(SealInput.Strip, true);
        door.Feed(new Reading.Disarm(door.Now, "lifted"));

        Assert.Contains(new CustodyAction.StopSiren(), door.Last.Actions);
        Assert.Contains(new CustodyAction.StopVoice(), door.Last.Actions);
        Assert.Contains(new CustodyAction.StopCamera(), door.Last.Actions);
    }
}
