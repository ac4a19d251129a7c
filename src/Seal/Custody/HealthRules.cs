namespace Cinnabar.Seal.Custody;

/// <summary>Power and sensor health: each change is told once, a wavering value is not told again.</summary>
internal static class HealthRules
{
    /// <summary>Charge above a limit that counts as recovered from it, in percent.</summary>
    private const int BatteryHysteresis = 5;

    public static void Apply(CustodyStep step, Reading reading)
    {
        switch (reading)
        {
            case Reading.Mains mains:
                Mains(step, mains);
                break;
            case Reading.Battery battery:
                Battery(step, battery);
                break;
            case Reading.Fault fault:
                Fault(step, fault);
                break;
            case Reading.Recovered recovered when step.State.FailedSensors.Contains(recovered.Sensor):
                step.State = step.State with { FailedSensors = step.State.FailedSensors.Remove(recovered.Sensor) };
                step.Record(FactKinds.SensorBack, AlarmLevel.Record, new FactField("part", recovered.Sensor));
                break;
        }
    }

    private static void Mains(CustodyStep step, Reading.Mains mains)
    {
        if (mains.Online != step.State.MainsLost)
        {
            return;
        }

        step.State = step.State with { MainsLost = !mains.Online };
        if (mains.Online)
        {
            step.Record(FactKinds.PowerBack, AlarmLevel.Record, Percent(step));
        }
        else
        {
            step.Record(FactKinds.PowerLost, AlarmLevel.L1, Percent(step));
        }
    }

    /// <summary>How long the seal can go on is the first question; -1 while no battery was read.</summary>
    private static FactField Percent(CustodyStep step) => new("battery", step.State.BatteryPercent ?? -1);

    private static void Battery(CustodyStep step, Reading.Battery battery)
    {
        var before = step.State.Battery;
        var now = Charge(step.Settings, battery.CapacityPercent, before);
        step.State = step.State with { Battery = now, BatteryPercent = battery.CapacityPercent };
        if (now > before)
        {
            step.Record(
                now == BatteryCharge.Dead ? FactKinds.BatteryDead : FactKinds.BatteryLow,
                now == BatteryCharge.Dead ? AlarmLevel.L2 : AlarmLevel.L1,
                Percent(step),
                new FactField("status", battery.Status),
                new FactField("microvolts", battery.Microvolts ?? 0));
        }
    }

    private static BatteryCharge Charge(CustodySettings settings, int percent, BatteryCharge before)
    {
        var deadLimit = settings.BatteryDead + (before == BatteryCharge.Dead ? BatteryHysteresis : 0);
        var lowLimit = settings.BatteryLow + (before != BatteryCharge.Good ? BatteryHysteresis : 0);
        return percent <= deadLimit ? BatteryCharge.Dead : percent <= lowLimit ? BatteryCharge.Low : BatteryCharge.Good;
    }

    private static void Fault(CustodyStep step, Reading.Fault fault)
    {
        if (step.State.FailedSensors.Contains(fault.Sensor))
        {
            return;
        }

        // A blinded sensor on an armed seal may be the attack itself; on a resting one it is work for a technician.
        step.State = step.State with { FailedSensors = step.State.FailedSensors.Add(fault.Sensor) };
        step.Record(
            FactKinds.SensorFault,
            step.Posture == Posture.Armed ? AlarmLevel.L1 : AlarmLevel.Record,
            new FactField("part", fault.Sensor),
            new FactField("reason", fault.Reason));
    }
}
