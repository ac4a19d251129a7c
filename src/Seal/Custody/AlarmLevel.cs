namespace Cinnabar.Seal.Custody;

/// <summary>Levels of the event vocabulary. Numbers are stable: they travel in signed statements.</summary>
internal enum AlarmLevel
{
    Record = 0,
    Info = 1,
    Task = 2,
    L1 = 11,
    L2 = 12,
    L3 = 13,
}
