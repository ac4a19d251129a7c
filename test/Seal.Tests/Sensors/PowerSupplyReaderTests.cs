using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Sensors;

namespace Cinnabar.Seal.Tests.Sensors;

public sealed class PowerSupplyReaderTests
{
    [Fact]
    public void FirstLook_TellsMainsAndBattery()
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        reader.Poll();

        Assert.True(supply.Next<Reading.Mains>().Online);
        var battery = supply.Next<Reading.Battery>();
        Assert.Equal((80, "Discharging", 3_900_000L), (battery.CapacityPercent, battery.Status, battery.Microvolts));
    }

    [Fact]
    public void OnlyChanges_AreTold()
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        reader.Poll();
        supply.Next();
        supply.Next();
        supply.Attribute("bat/voltage_now", "3800000");
        reader.Poll();
        Assert.True(supply.IsDrained);
        supply.Attribute("ac/online", "0");
        reader.Poll();

        Assert.False(supply.Next<Reading.Mains>().Online);
        Assert.True(supply.IsDrained);
    }

    [Theory]
    [InlineData("ac/online", "maybe", "mains", "online is 'maybe', not a whole number")]
    [InlineData("ac/online", "7", "mains", "online is 7, not 0, 1 or 2")]
    [InlineData("bat/capacity", "101", "battery", "capacity is 101, not 0…100")]
    public void SpoiledAttribute_IsOneFaultUntilItIsRight(string attribute, string value, string sensor, string reason)
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        reader.Poll();
        supply.Next();
        supply.Next();
        var right = supply.Attribute(attribute);
        supply.Attribute(attribute, value);
        reader.Poll();
        reader.Poll();
        var fault = supply.Next<Reading.Fault>();
        Assert.Equal((sensor, reason), (fault.Sensor, fault.Reason));
        Assert.True(supply.IsDrained);
        supply.Attribute(attribute, right);
        reader.Poll();

        Assert.Equal(sensor, supply.Next<Reading.Recovered>().Sensor);
    }

    [Fact]
    public void VanishedSupply_IsAFault()
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        Directory.Delete(Path.Combine(supply.Folder, "ac"), recursive: true);
        reader.Poll();

        Assert.Equal("online cannot be read", supply.Next<Reading.Fault>().Reason);
        supply.Next<Reading.Battery>();
    }

    [Fact]
    public void EndlessAttribute_IsAFault()
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        supply.Attribute("ac/online", new string('1', 100_000));
        reader.Poll();

        Assert.Equal("online is too long", supply.Next<Reading.Fault>().Reason);
    }

    [Fact]
    public void Started_PollsByItself()
    {
        using var supply = Supply();
        using var reader = Reader(supply);
        reader.Start();
        supply.Next<Reading.Mains>();
        supply.Next<Reading.Battery>();
        supply.Attribute("ac/online", "0");

        Assert.False(supply.Next<Reading.Mains>().Online);
    }

    private static StandIn Supply()
    {
        var supply = new StandIn();
        supply.Attribute("ac/online", "1");
        supply.Attribute("bat/capacity", "80");
        supply.Attribute("bat/status", "Discharging");
        supply.Attribute("bat/voltage_now", "3900000");
        return supply;
    }

    private static PowerSupplyReader Reader(StandIn supply)
    {
        var options = new PowerSupplyOptions
        {
            MainsFolder = Path.Combine(supply.Folder, "ac"),
            BatteryFolder = Path.Combine(supply.Folder, "bat"),
            Interval = TimeSpan.FromMilliseconds(100),
        };
        return new PowerSupplyReader(options, TimeProvider.System, supply.Emit);
    }
}
