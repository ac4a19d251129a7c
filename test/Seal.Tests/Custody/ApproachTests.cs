using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class ApproachTests
{
    private static readonly CustodySettings s_night = new() { NightFrom = 8 * 60, NightUntil = 10 * 60 };

    [Fact]
    public void SomebodyComingNearByDay_IsGreetedAndNoted_AndNothingElse()
    {
        var door = Door.Armed().Contact(SealInput.Approach, active: true);

        var fact = Assert.Single(door.Facts);
        Assert.Equal((FactKinds.ApproachPerson, AlarmLevel.Record), (fact.Kind, fact.Level));
        Assert.Equal([new CustodyAction.Speak(1)], door.Actions);
    }

    [Fact]
    public void SomebodyComingNearAtNight_IsNotedInSilence()
    {
        var door = Door.Armed(s_night).Contact(SealInput.Approach, active: true);

        Assert.Equal([FactKinds.ApproachPerson], door.Kinds);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void Leaving_IsNothing() => Assert.Empty(Door.Armed().Contact(SealInput.Approach, active: false).Facts);

    [Fact]
    public void ComingAndGoingWithinTheQuietTime_IsToldOnce_AndCountedInTheNext()
    {
        var door = Door.Armed();
        for (var second = 0; second < 60; second += 10)
        {
            door.Contact(SealInput.Approach, active: true).Contact(SealInput.Approach, active: false).Pass(TimeSpan.FromSeconds(10));
        }

        Assert.Single(door.Facts);
        Assert.Single(door.Actions);
        door.Contact(SealInput.Approach, active: true);
        Assert.Equal(["0", "5"], door.Facts.Select(fact => fact.Field("untold")));
        Assert.Equal(2, door.Actions.Count);
    }

    [Fact]
    public void TurningTheWallClock_DoesNotShortenTheQuietTime()
    {
        var door = Door.Armed().Contact(SealInput.Approach, active: true).TurnClock(TimeSpan.FromHours(1));
        door.Contact(SealInput.Approach, active: true);

        Assert.Single(door.Facts, fact => fact.Kind == FactKinds.ApproachPerson);
    }

    [Fact]
    public void DisarmedSeal_NeitherGreetsNorNotes()
    {
        var door = new Door().Contact(SealInput.Approach, active: true);

        Assert.Empty(door.Facts);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void AuthorisedOpening_IsSilentAndUnnoted()
    {
        var door = Door.Armed();
        door.Feed(new Reading.GrantGiven(door.Now, new OpeningGrant("G", "o", door.Wall, door.Wall.AddHours(1))));
        door.Forget();
        door.Contact(SealInput.Approach, active: true);

        Assert.Empty(door.Facts);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void AfterTheLegalEnd_NeitherGreetsNorNotes()
    {
        var door = Door.Armed();
        door.Feed(new Reading.LegalEndSet(door.Now, door.Wall));
        door.Forget();
        door.Contact(SealInput.Approach, active: true);

        Assert.Empty(door.Facts);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void SirenSounding_IsNotTalkedOverByTheGreeting()
    {
        var door = Door.Armed().Contact(SealInput.Strip, active: true);
        door.Forget();
        door.Contact(SealInput.Approach, active: true);

        Assert.Equal([FactKinds.ApproachPerson], door.Kinds);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void Somebody_IsNothingOpen()
    {
        var door = Door.Armed().Contact(SealInput.Approach, active: true);

        Assert.Empty(door.State.ActiveInputs);
    }
}
