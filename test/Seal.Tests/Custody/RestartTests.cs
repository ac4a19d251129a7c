using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

/// <summary>What the court ordered before a restart is taken up in silence; what it repeats changes nothing.</summary>
public sealed class RestartTests
{
    [Fact]
    public void ArmRestored_GuardsWithoutStatingIt()
    {
        var door = new Door();
        door.Feed(new Reading.ArmRestored(door.Now, Door.Start.AddDays(1)));
        Assert.Empty(door.Facts);
        door.Contact(SealInput.Strip, active: true);

        Assert.Contains(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void ArmRestoredAfterTheLegalEnd_IsLapsedAndSilent()
    {
        var door = new Door();
        door.Feed(new Reading.ArmRestored(door.Now, Door.Start.AddDays(-1))).Tick(TimeSpan.FromSeconds(1)).Contact(SealInput.Strip, active: true);

        Assert.Equal([FactKinds.StripCut, FactKinds.VoiceSuppressed], door.Kinds);
        Assert.Empty(door.Actions);
    }

    [Fact]
    public void GrantRestored_IsAnOpeningAgain()
    {
        var door = new Door();
        door.Feed(new Reading.ArmRestored(door.Now, Door.Start.AddDays(1)));
        door.Feed(new Reading.GrantRestored(door.Now, new OpeningGrant("G", "o", Door.Start.AddHours(-1), Door.Start.AddHours(1))));
        Assert.Empty(door.Facts);
        door.Contact(SealInput.Door, active: true);

        Assert.Equal([FactKinds.OpenStart, FactKinds.DoorOpen], door.Kinds);
        Assert.DoesNotContain(new CustodyAction.StartSiren(), door.Actions);
    }

    [Fact]
    public void GrantRestoredAfterItsWindow_IsForgotten()
    {
        var door = new Door();
        door.Feed(new Reading.ArmRestored(door.Now, Door.Start.AddDays(1)));
        door.Feed(new Reading.GrantRestored(door.Now, new OpeningGrant("G", "o", Door.Start.AddHours(-2), Door.Start.AddHours(-1))));

        Assert.Empty(door.Facts);
        Assert.Equal(Posture.Armed, door.State.PostureAt(door.Now));
    }

    [Fact]
    public void ArmedTwiceUntilTheSameEnd_IsStatedOnce()
    {
        var door = new Door();
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(1))).Pass(TimeSpan.FromSeconds(5));
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(1)));

        Assert.Equal([FactKinds.Armed], door.Kinds);
    }

    [Fact]
    public void ArmedAgainUntilAnotherEnd_StatesTheEnd()
    {
        var door = new Door();
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(1))).Feed(new Reading.Arm(door.Now, Door.Start.AddDays(2)));

        Assert.Equal([FactKinds.Armed, FactKinds.LegalEndSet], door.Kinds);
    }

    [Fact]
    public void ArmedDuringAnOpening_EndsItAndSaysSo()
    {
        var door = Door.Armed();
        door.Feed(new Reading.GrantGiven(door.Now, new OpeningGrant("G", "o", door.Wall, door.Wall.AddHours(1))));
        door.Forget();
        door.Feed(new Reading.Arm(door.Now, Door.Start.AddDays(30)));

        Assert.Equal([FactKinds.Armed], door.Kinds);
        Assert.Equal(Posture.Armed, door.State.PostureAt(door.Now));
    }

    [Fact]
    public void DisarmedTwice_IsStatedOnce()
    {
        var door = Door.Armed();
        door.Feed(new Reading.Disarm(door.Now, "lifted")).Feed(new Reading.Disarm(door.Now, "lifted"));

        Assert.Equal([FactKinds.Disarmed], door.Kinds);
    }

    [Fact]
    public void LegalEndToldAgainUnchanged_IsNotStated()
    {
        var door = Door.Armed();
        door.Feed(new Reading.LegalEndSet(door.Now, Door.Start.AddDays(30)));

        Assert.Empty(door.Facts);
    }
}
