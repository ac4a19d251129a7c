using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Cinnabar.Demo;

/// <summary>An industrial-I/O accelerometer as files: its sysfs folder, and a named pipe in place of its buffer node.</summary>
/// <remarks>Scan of 16 bytes: x, y, z as le:s16/16&gt;&gt;0, two bytes of padding, timestamp as le:s64/64&gt;&gt;0 (Documentation/iio).</remarks>
public sealed class AccelerometerNode : IAsyncDisposable
{
    private const int SamplesPerSecond = 200;
    private const double Scale = 0.002394; // m/s² a step: ±8 g over 16 bits
    private const double Gravity = 9.81;

    private readonly FileStream _pipe;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sampling;
    private double _peak;
    private int _samplesLeft;

    public AccelerometerNode(string folder, string pipe)
    {
        WriteSysfs(folder);
        _pipe = new FileStream(pipe, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 });
        _sampling = Task.Factory.StartNew(Sample, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Knocks: a peak for a time.</summary>
    /// <param name="peak">m/s².</param>
    public void Knock(double peak, TimeSpan duration)
    {
        Volatile.Write(ref _peak, peak);
        Volatile.Write(ref _samplesLeft, Math.Max(1, (int)(duration.TotalSeconds * SamplesPerSecond)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // With its reader gone the pipe is full and the sampler stands in write(2); taking what is there lets it out.
        var room = new byte[64 * 1024];
        while (await Task.WhenAny(_sampling, Task.Delay(TimeSpan.FromMilliseconds(100))) != _sampling)
        {
            _ = _pipe.Read(room);
        }

        await _sampling;
        await _pipe.DisposeAsync();
        _stop.Dispose();
    }

    private void Sample()
    {
        var scan = new byte[16];
        var period = TimeSpan.FromSeconds(1.0 / SamplesPerSecond);
        var next = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var knocking = Volatile.Read(ref _samplesLeft) > 0;
            if (knocking)
            {
                Interlocked.Decrement(ref _samplesLeft);
            }

            Write(scan, 0, knocking ? Volatile.Read(ref _peak) : 0);
            Write(scan, 1, 0);
            Write(scan, 2, Gravity);
            BinaryPrimitives.WriteInt64LittleEndian(scan.AsSpan(8), (DateTimeOffset.UtcNow.Ticks - DateTimeOffset.UnixEpoch.Ticks) * 100);
            _pipe.Write(scan);
            next += (long)(period.TotalSeconds * Stopwatch.Frequency);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next);
            if (wait > TimeSpan.Zero)
            {
                _stop.Token.WaitHandle.WaitOne(wait);
            }
        }
    }

    private static void Write(byte[] scan, int axis, double acceleration) =>
        BinaryPrimitives.WriteInt16LittleEndian(scan.AsSpan(axis * 2), (short)(acceleration / Scale));

    private static void WriteSysfs(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "scan_elements"));
        Directory.CreateDirectory(Path.Combine(folder, "buffer"));
        void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(folder, name), text + "\n");
        File("name", "demo-accelerometer");
        File("in_accel_scale", Scale.ToString(CultureInfo.InvariantCulture));
        File("sampling_frequency", SamplesPerSecond.ToString(CultureInfo.InvariantCulture));
        File("buffer/enable", "0");
        File("buffer/length", "64");
        foreach (var (channel, index, type) in (ReadOnlySpan<(string, int, string)>)
            [("accel_x", 0, "le:s16/16>>0"), ("accel_y", 1, "le:s16/16>>0"), ("accel_z", 2, "le:s16/16>>0"), ("timestamp", 3, "le:s64/64>>0")])
        {
            File($"scan_elements/in_{channel}_en", "0");
            File($"scan_elements/in_{channel}_index", index.ToString(CultureInfo.InvariantCulture));
            File($"scan_elements/in_{channel}_type", type);
        }
    }
}
