using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Sensors;

/// <summary>Polls mains and battery; only changes become readings, and the first look is one.</summary>
internal sealed class PowerSupplyReader : IDisposable
{
    internal const string MainsSensor = "mains";
    internal const string BatterySensor = "battery";

    private readonly PowerSupplyOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<Reading> _emit;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private ITimer? _timer;
    private bool? _online;
    private (int Capacity, string Status)? _charge;

    /// <param name="options">Folders and interval.</param>
    /// <param name="time">Clock and timer.</param>
    /// <param name="emit">Called on a timer thread, never twice at once; must not block and must not throw.</param>
    public PowerSupplyReader(PowerSupplyOptions options, TimeProvider time, Action<Reading> emit)
    {
        if (options.Errors() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _time = time;
        _emit = emit;
    }

    public void Start() => _timer = _time.CreateTimer(static self => ((PowerSupplyReader)self!).Poll(), this, TimeSpan.Zero, _options.Interval);

    public void Dispose() => _timer?.Dispose();

    /// <summary>One look at both.</summary>
    internal void Poll()
    {
        // A poll that hangs in a driver must not be overtaken by the next.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            Look(MainsSensor, _options.MainsFolder, PollMains);
            Look(BatterySensor, _options.BatteryFolder, PollBattery);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Look(string sensor, string? folder, Action<string> poll)
    {
        if (folder is null)
        {
            return;
        }

        try
        {
            poll(folder);
            if (_failed.Remove(sensor))
            {
                _emit(new Reading.Recovered(Moment.Of(_time), sensor));
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            if (_failed.Add(sensor))
            {
                _emit(new Reading.Fault(Moment.Of(_time), sensor, error.Message));
            }
        }
    }

    private void PollMains(string folder)
    {
        // 0 off, 1 on, 2 on with a programmable supply.
        var value = Sysfs.ReadNumber(Path.Combine(folder, "online"));
        if (value is < 0 or > 2)
        {
            throw new InvalidDataException($"online is {value}, not 0, 1 or 2");
        }

        if (_online != value > 0)
        {
            _online = value > 0;
            _emit(new Reading.Mains(Moment.Of(_time), value > 0));
        }
    }

    private void PollBattery(string folder)
    {
        var capacity = Sysfs.ReadNumber(Path.Combine(folder, "capacity"));
        if (capacity is < 0 or > 100)
        {
            throw new InvalidDataException($"capacity is {capacity}, not 0…100");
        }

        var status = Sysfs.ReadText(Path.Combine(folder, "status"));
        var voltage = Path.Combine(folder, "voltage_now");
        long? microvolts = File.Exists(voltage) ? Sysfs.ReadNumber(voltage) : null;
        if (_charge != ((int)capacity, status))
        {
            _charge = ((int)capacity, status);
            _emit(new Reading.Battery(Moment.Of(_time), (int)capacity, status, microvolts));
        }
    }
}
