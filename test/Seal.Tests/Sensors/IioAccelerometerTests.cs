using System.Buffers.Binary;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Sensors;

namespace Cinnabar.Seal.Tests.Sensors;

public sealed class IioAccelerometerTests
{
    [Fact]
    public void Scan_BecomesMetresPerSecondSquaredWithItsTime()
    {
        using var device = Device();
        using var sensor = Started(device);
        var now = DateTimeOffset.UtcNow;
        device.Feed(Scan(-1_000, 0, 1_000, now));

        var motion = device.Next<Reading.Motion>();
        Assert.Equal(-9.576, motion.Value.X, 6);
        Assert.Equal(0, motion.Value.Y, 6);
        Assert.Equal(9.576, motion.Value.Z, 6);
        Assert.True((motion.At.Edge - now).Duration() < TimeSpan.FromMicroseconds(1));
        Assert.Equal("1", device.Attribute("buffer/enable"));
        Assert.Equal("200", device.Attribute("sampling_frequency"));
        Assert.Equal("1", device.Attribute("scan_elements/in_accel_y_en"));
    }

    [Fact]
    public void TimesCountedFromBoot_KeepTheirDistances()
    {
        using var device = Device();
        using var sensor = Started(device);
        var boot = DateTimeOffset.UnixEpoch.AddHours(3);
        device.Feed([.. Scan(0, 0, 1, boot), .. Scan(0, 0, 1, boot.AddMilliseconds(5))]);

        var first = device.Next<Reading.Motion>().At;
        var second = device.Next<Reading.Motion>().At;
        Assert.Equal(first.Wall, first.Edge);
        Assert.Equal(5, (second.Edge - first.Edge).TotalMilliseconds);
    }

    [Fact]
    public void ScanInPieces_IsReadWhole()
    {
        using var device = Device();
        using var sensor = Started(device);
        var scan = Scan(1, 2, 3, DateTimeOffset.UtcNow);
        device.Feed(scan[..5]);
        device.Feed(scan[5..]);

        Assert.Equal(3 * 0.009576, device.Next<Reading.Motion>().Value.Z, 9);
    }

    [Fact]
    public void OffsetOfOneAxis_IsAdded()
    {
        using var device = Device();
        device.Attribute("in_accel_x_offset", "-10");
        using var sensor = Started(device);
        device.Feed(Scan(110, 0, 0, DateTimeOffset.UtcNow));

        Assert.Equal(0.9576, device.Next<Reading.Motion>().Value.X, 9);
    }

    [Theory]
    [InlineData("in_accel_scale", "fast", "in_accel_scale is 'fast', not a number")]
    [InlineData("scan_elements/in_accel_y_type", "le:x12/16", "scan element type 'le:x12/16' is not understood")]
    [InlineData("scan_elements/in_accel_y_type", "le:s12/16>>8", "scan element type 'le:s12/16>>8' does not fit its storage")]
    [InlineData("scan_elements/in_accel_z_index", "third", "in_accel_z_index is 'third', not a whole number")]
    public void SpoiledDescription_IsAFault(string attribute, string value, string reason)
    {
        using var device = Device();
        device.Attribute(attribute, value);
        using var sensor = Started(device);

        Assert.Equal(reason, device.Next<Reading.Fault>().Reason);
    }

    [Fact]
    public void MissingScale_IsAFaultUntilItIsThere()
    {
        using var device = Device();
        File.Delete(Path.Combine(device.Folder, "in_accel_scale"));
        using var sensor = Started(device);
        Assert.Equal("in_accel_scale is missing", device.Next<Reading.Fault>().Reason);
        device.Attribute("in_accel_scale", "0.5");

        device.Next<Reading.Recovered>();
        device.Feed(Scan(0, 0, 3, DateTimeOffset.UtcNow));
        Assert.Equal(1.5, device.Next<Reading.Motion>().Value.Z);
    }

    [Theory]
    [InlineData("le:s12/16>>4", "F0FF", -1)]
    [InlineData("le:s12/16>>4", "F07F", 2047)]
    [InlineData("le:u12/16>>4", "F0FF", 4095)]
    [InlineData("be:s16/16", "8000", -32768)]
    [InlineData("be:s16/16>>0", "0102", 258)]
    [InlineData("le:s20/32>>12", "00F0FFFF", -1)]
    [InlineData("le:s8/8", "80", -128)]
    [InlineData("le:s64/64>>0", "FEFFFFFFFFFFFFFF", -2)]
    public void ScanElement_IsReadAsItsTypeSays(string type, string bytes, long value) =>
        Assert.Equal(value, ScanChannel.Parse(type).Read(Convert.FromHexString(bytes)));

    private static StandIn Device()
    {
        var device = new StandIn().WithPipe();
        device.Attribute("in_accel_scale", "0.009576");
        device.Attribute("sampling_frequency", "50");
        device.Attribute("buffer/enable", "0");
        string[] axes = ["in_accel_x", "in_accel_y", "in_accel_z"];
        for (var index = 0; index < axes.Length; index++)
        {
            device.Attribute($"scan_elements/{axes[index]}_en", "0");
            device.Attribute($"scan_elements/{axes[index]}_index", $"{index}");
            device.Attribute($"scan_elements/{axes[index]}_type", "le:s12/16>>4");
        }

        device.Attribute("scan_elements/in_timestamp_en", "0");
        device.Attribute("scan_elements/in_timestamp_index", "3");
        device.Attribute("scan_elements/in_timestamp_type", "le:s64/64>>0");
        return device;
    }

    /// <summary>Three axes of 12 bits at the top of 16, two bytes of padding, the time in nanoseconds.</summary>
    private static byte[] Scan(int x, int y, int z, DateTimeOffset time)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)(x << 4));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2), (short)(y << 4));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(4), (short)(z << 4));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), (time - DateTimeOffset.UnixEpoch).Ticks * 100);
        return bytes;
    }

    private static IioAccelerometer Started(StandIn device)
    {
        var options = new AccelerometerOptions { Folder = device.Folder, Node = device.Node };
        var sensor = new IioAccelerometer(options, TimeProvider.System, device.Emit);
        sensor.Start();
        return sensor;
    }
}
