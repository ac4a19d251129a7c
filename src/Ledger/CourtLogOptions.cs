namespace Cinnabar.Ledger;

/// <summary>Limits of the log's writer. Checked when the log is opened.</summary>
public sealed class CourtLogOptions
{
    /// <summary>The longest entry: 65,535 bytes, the most that an entry bundle can hold (C2SP tlog-tiles, 16-bit length).</summary>
    public const int EntryLengthMax = 65_535;

    /// <summary>How long the first entry of a batch waits for company. 0 to 1 s; default 20 ms, a third of the acknowledgement goal of 60 ms.</summary>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The most entries of one commit, beside its header. 1 to 4,095, with its header one push to a mirror; default 256, one tile.</summary>
    public int BatchEntriesMax { get; set; } = 256;

    /// <summary>The most bytes of one commit, above which only a single entry may go. 64 KiB to 4,000,000, with its header one push to a mirror: a longer batch could never become final; default 512 KiB: longer commits hold the disk for 100 ms and more.</summary>
    public int BatchBytesMax { get; set; } = 512 * 1024;

    /// <summary>The most entries that wait; more are answered <see cref="AppendStatus.Busy"/> at once. 1 to 1,000,000; default 16,384, under two seconds of full load.</summary>
    public int QueueEntriesMax { get; set; } = 16_384;

    /// <summary>The most bytes that wait; more are answered <see cref="AppendStatus.Busy"/> at once. 64 KiB to 1 GiB; default 64 MiB.</summary>
    public long QueueBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Threads that run the entry policy. 1 to 64; default 2, the cores of a small court's machine.</summary>
    public int CheckThreads { get; set; } = 2;

    /// <summary>Called after each step of a commit by the thread that did it: tests kill the process there.</summary>
    internal Action<LogStep>? TestingOnlyAfterStep { get; set; }

    /// <exception cref="ArgumentException">Values out of range; the message names every one.</exception>
    internal void Validate()
    {
        var wrong = new List<string>();
        Check(BatchWindow >= TimeSpan.Zero && BatchWindow <= TimeSpan.FromSeconds(1), nameof(BatchWindow));
        Check(BatchEntriesMax is >= 1 and <= 4095, nameof(BatchEntriesMax));
        Check(BatchBytesMax is >= 64 * 1024 and <= 4_000_000, nameof(BatchBytesMax));
        Check(QueueEntriesMax is >= 1 and <= 1_000_000, nameof(QueueEntriesMax));
        Check(QueueBytesMax is >= 64 * 1024 and <= 1024 * 1024 * 1024, nameof(QueueBytesMax));
        Check(CheckThreads is >= 1 and <= 64, nameof(CheckThreads));
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"Out of range: {string.Join(", ", wrong)}.");
        }

        void Check(bool holds, string name)
        {
            if (!holds)
            {
                wrong.Add(name);
            }
        }
    }
}
