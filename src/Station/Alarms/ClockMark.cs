namespace Cinnabar.Station.Alarms;

/// <summary>What both clocks showed in one moment; stored with the due times that were written under it.</summary>
/// <param name="Boot">Boot of the machine: within one, the monotonic clock goes on when the program does not.</param>
/// <param name="WallMs">UTC ms.</param>
/// <param name="MonotonicMs">Monotonic clock, ms.</param>
internal sealed record ClockMark(string Boot, long WallMs, long MonotonicMs);
