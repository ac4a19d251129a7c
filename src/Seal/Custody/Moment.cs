namespace Cinnabar.Seal.Custody;

/// <summary>When a reading reached this program, on three clocks that disagree on purpose.</summary>
/// <param name="Wall">Device wall clock at receipt. Windows and legal ends are judged by it.</param>
/// <param name="Monotonic">Time since boot at receipt. Caps and repeats are judged by it, so setting the clock cannot stretch them.</param>
/// <param name="Edge">The kernel's or sensor's own time stamp of the edge; equals <paramref name="Wall"/> when the source has none.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Monotonic, DateTimeOffset Edge)
{
    public static Moment Of(TimeProvider time)
    {
        var wall = time.GetUtcNow();
        return new Moment(wall, time.GetElapsedTime(0), wall);
    }

    public static Moment Of(TimeProvider time, DateTimeOffset edge) => Of(time) with { Edge = edge };
}
