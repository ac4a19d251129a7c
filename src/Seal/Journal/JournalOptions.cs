namespace Cinnabar.Seal.Journal;

/// <summary>How much is kept and how often the disk is made to sync.</summary>
internal sealed record JournalOptions
{
    /// <summary>Size at which a new file is begun, bytes. Default 4 MiB: what is dropped is dropped by the file.</summary>
    public int SegmentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long acknowledged statements are kept. Default 30 days. What is not acknowledged is kept without end.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Shortest time between two fsyncs for statements that are no alarms. Default 1 s: flash wears by syncs.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after which an alarm is sent although the disk has not answered yet. Default 250 ms.</summary>
    public TimeSpan DiskPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Statements held in memory while the disk refuses. Default 20,000; the oldest go first.</summary>
    public int MemoryMax { get; init; } = 20_000;
}
