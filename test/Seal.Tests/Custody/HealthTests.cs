using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class HealthTests
{
    [Fact]
    public void MainsLostAndBack_AreToldOnceEach()
    {
        var door = Door.Armed();
        door.Feed(new Reading.Battery(door.Now, 64, "Full", null));
        foreach (var online in new[] { true, false, false, true, true })
        {
            door.Feed(new Reading.Mains(door.Now, online));
        }

        Assert.Equal([FactKinds.PowerLost, FactKinds.PowerBack], door.Kinds);
        Assert.Equal("64", door.Facts[0].Field("battery"));
        Assert.Equal(AlarmLevel.L1, door.Facts[0].Level);
    }

    [Fact]
    public void BatteryWaveringAtItsLimit_IsToldOnce()
    {
        var door = Door.Armed();
        foreach (var percent in new[] { 40, 20, 21, 20, 24, 19 })
        {
            door.Feed(new Reading.Battery(door.Now, percent, "Discharging", 3_700_000));
        }

        Assert.Equal([FactKinds.BatteryLow], door.Kinds);
    }

    [Fact]
    public void BatteryFallingAndCharged_IsToldByBand()
    {
        var door = Door.Armed();
        foreach (var percent in new[] { 15, 5, 80, 15 })
        {
            door.Feed(new Reading.Battery(door.Now, percent, "Discharging", null));
        }

        Assert.Equal([FactKinds.BatteryLow, FactKinds.BatteryDead, FactKinds.BatteryLow], door.Kinds);
    }

    [Fact]
    public void SensorFaultWhileArmed_IsL1OnceUntilItRecovers()
    {
        var door = Door.Armed();
        door.Feed(new Reading.Fault(door.Now, "inputs", "no such device"));
        door.Feed(new Reading.Fault(door.Now, "inputs", "no such device"));
        door.Feed(new Reading.Recovered(door.Now, "inputs"));
        door.Feed(new Reading.Recovered(door.Now, "inputs"));

        Assert.Equal([FactKinds.SensorFault, FactKinds.SensorBack], door.Kinds);
        Assert.Equal(AlarmLevel.L1, door.Facts[0].Level);
    }
}
