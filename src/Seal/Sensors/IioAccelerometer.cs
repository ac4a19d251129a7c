using System.Globalization;
using Cinnabar.Seal.Custody;
using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Sensors;

/// <summary>
/// Samples of an IIO accelerometer in m/s²: (raw + offset) × scale. Sets the buffer up anew whenever the
/// node had to be opened again, so a sensor that was reset comes back by itself.
/// </summary>
internal sealed class IioAccelerometer : INodeReader, IDisposable
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(10);
    private static readonly string[] Axes = ["in_accel_x", "in_accel_y", "in_accel_z"];

    private readonly AccelerometerOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<Reading> _emit;
    private readonly DeviceNode _node;
    private readonly (double Scale, double Offset)[] _units = new (double, double)[Axes.Length];
    private ScanLayout? _layout;
    private TimeSpan _clockOffset;

    /// <param name="options">Folder and node.</param>
    /// <param name="time">Clock of receipt.</param>
    /// <param name="emit">Called on the sensor's own thread; must not block and must not throw.</param>
    public IioAccelerometer(AccelerometerOptions options, TimeProvider time, Action<Reading> emit)
    {
        if (options.Errors() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _time = time;
        _emit = emit;
        _node = new DeviceNode(options.Node, this, time);
    }

    public void Start() => _node.Start();

    public void Dispose() => _node.Dispose();

    int INodeReader.Prepare()
    {
        var elements = Path.Combine(_options.Folder, "scan_elements");

        // The kernel refuses changes while the buffer runs.
        Set("buffer/enable", "0");
        foreach (var axis in Axes)
        {
            Sysfs.Write(Path.Combine(elements, axis + "_en"), "1");
        }

        SetIfPossible("scan_elements/in_timestamp_en", "1");
        SetIfPossible("current_timestamp_clock", "realtime");
        SetIfPossible("sampling_frequency", _options.SamplesPerSecond.ToString(CultureInfo.InvariantCulture));
        SetIfPossible("in_accel_sampling_frequency", _options.SamplesPerSecond.ToString(CultureInfo.InvariantCulture));
        if (_options.Trigger is { } trigger)
        {
            Set("trigger/current_trigger", trigger);
        }

        ReadUnits();
        _layout = ScanLayout.Read(elements, Axes);
        _clockOffset = TimeSpan.Zero;
        Set("buffer/enable", "1");
        return _layout.Size;
    }

    void INodeReader.OnOpened(SafeFileHandle node)
    {
    }

    void INodeReader.OnRecord(ReadOnlySpan<byte> record, SafeFileHandle node)
    {
        var value = new Acceleration(Axis(0, record), Axis(1, record), Axis(2, record));
        var now = Moment.Of(_time);
        _emit(new Reading.Motion(now with { Edge = EdgeOf(record, now.Wall) }, value));
    }

    void INodeReader.OnFault(string reason) => _emit(new Reading.Fault(Moment.Of(_time), _options.Sensor, reason));

    void INodeReader.OnRecovered() => _emit(new Reading.Recovered(Moment.Of(_time), _options.Sensor));

    private double Axis(int axis, ReadOnlySpan<byte> record) =>
        (_layout!.Value(Axes[axis], record)!.Value + _units[axis].Offset) * _units[axis].Scale;

    /// <summary>
    /// The sample's own time. Drivers that cannot be set to the real-time clock count from boot: their
    /// times are shifted by what the first sample was off, so that the distances between samples stay true.
    /// </summary>
    private DateTimeOffset EdgeOf(ReadOnlySpan<byte> record, DateTimeOffset received)
    {
        if (_layout!.Value(ScanLayout.TimeStamp, record) is not { } nanoseconds || nanoseconds <= 0)
        {
            return received;
        }

        var stamp = DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        if (stamp > received.AddYears(1))
        {
            return received;
        }

        if ((stamp + _clockOffset - received).Duration() > ClockTolerance)
        {
            _clockOffset = received - stamp;
        }

        return stamp + _clockOffset;
    }

    private void ReadUnits()
    {
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            // Scale and offset are given for each axis or, more often, for all together.
            var scale = FirstDecimal(Axes[axis] + "_scale", "in_accel_scale")
                ?? throw new InvalidDataException("in_accel_scale is missing");
            _units[axis] = (scale, FirstDecimal(Axes[axis] + "_offset", "in_accel_offset") ?? 0);
        }
    }

    private double? FirstDecimal(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(_options.Folder, name);
            if (File.Exists(path))
            {
                return Sysfs.ReadDecimal(path);
            }
        }

        return null;
    }

    private void Set(string name, string value) => Sysfs.Write(Path.Combine(_options.Folder, name), value);

    /// <summary>For what a driver may lack, fix, or not offer at this value: it then goes on with its own.</summary>
    private void SetIfPossible(string name, string value)
    {
        try
        {
            if (File.Exists(Path.Combine(_options.Folder, name)))
            {
                Set(name, value);
            }
        }
        catch (IOException)
        {
            // Refused by the driver; the scan layout and the time stamps are read as they are, so nothing is assumed.
        }
    }
}
