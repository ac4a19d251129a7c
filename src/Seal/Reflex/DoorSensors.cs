using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Sensors;

namespace Cinnabar.Seal.Reflex;

/// <summary>Every configured sensor, and the second hand, speaking to custody.</summary>
internal sealed class DoorSensors : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly DoorReflex _reflex;
    private readonly TimeProvider _time;
    private readonly InputEventReader? _inputs;
    private readonly IioAccelerometer? _accelerometer;
    private readonly PowerSupplyReader? _power;
    private ITimer? _ticks;
    private SupplyState? _supply;

    public DoorSensors(SealOptions options, TimeProvider time, DoorReflex reflex)
    {
        (_reflex, _time) = (reflex, time);
        _inputs = options.Inputs is null ? null : new InputEventReader(options.Inputs, time, Take);
        _accelerometer = options.Accelerometer is null ? null : new IioAccelerometer(options.Accelerometer, time, Take);
        _power = options.Power is null ? null : new PowerSupplyReader(options.Power, time, Take);
    }

    /// <summary>What the supplies said last.</summary>
    public SupplyState Supply => Volatile.Read(ref _supply) ?? SupplyState.Unknown;

    public void Start()
    {
        _inputs?.Start();
        _accelerometer?.Start();
        _power?.Start();
        _ticks = _time.CreateTimer(_ => _reflex.Take(new Reading.Tick(Moment.Of(_time))), null, s_tick, s_tick);
    }

    public void Dispose()
    {
        _ticks?.Dispose();
        _inputs?.Dispose();
        _accelerometer?.Dispose();
        _power?.Dispose();
    }

    private void Take(Reading reading)
    {
        // Custody first: what follows is for the heartbeat only.
        _reflex.Take(reading);
        switch (reading)
        {
            case Reading.Mains mains:
                Volatile.Write(ref _supply, Supply with { Mains = mains.Online });
                break;
            case Reading.Battery battery:
                Volatile.Write(ref _supply, Supply with { BatteryPercent = battery.CapacityPercent });
                break;
        }
    }
}
