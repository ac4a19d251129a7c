namespace Cinnabar.Seal.Custody;

/// <summary>Levels of the event vocabulary. Numbers are stable: they travel in signed statements (docs/formats/kinds.md).</summary>
internal enum AlarmLevel
{
    Record = 0,
    L1 = 1,
    L2 = 2,
    L3 = 3,
}
