namespace Cinnabar.Station.Alarms;

/// <summary>Where a warning to one contact stands. Numbers are stored.</summary>
internal enum WarningState
{
    /// <summary>To be handed over; also after a crash in mid-call, when it goes again under the same key.</summary>
    Pending = 0,
    HandedOff = 1,
    Refused = 2,
    Unreachable = 3,
    TimedOut = 4,

    /// <summary>Not needed any more: acknowledged, or a later one says the same.</summary>
    Dropped = 5,
}
