namespace Cinnabar.Station.Seals;

/// <summary>How a seal's device is, whatever its order says (design 2.10).</summary>
internal enum DeviceState
{
    /// <summary>No device is bound to the order yet.</summary>
    Unbound = 1,

    Online = 2,

    /// <summary>Not heard of for too long.</summary>
    Silent = 3,

    /// <summary>It reports what nobody permitted.</summary>
    Alarm = 4,

    /// <summary>The door is open with permission.</summary>
    Opening = 5,
}
