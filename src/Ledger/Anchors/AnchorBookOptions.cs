namespace Cinnabar.Ledger.Anchors;

/// <summary>Limits of a court's book of the anchor chain. Checked when the book is opened.</summary>
public sealed class AnchorBookOptions
{
    /// <summary>The court's own name on the chain, the origin of its log: names the link that ties a new segment to the one before.</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// Adopts an engine under a new identity by itself, with the alarm raised all the same. Default false: a person should know why
    /// the engine is another one. True where nobody watches at night and a wiped engine is worth less than a gap.
    /// </summary>
    public bool AdoptWiped { get; init; }

    /// <summary>The shortest time between two anchors of one log. 0 to 1 h; default 500 ms: seven courts then write 14 records a second, a thirtieth of what three etcd members take.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long something may be owed before the engine counts as behind. 1 s to 1 d; default 10 s.</summary>
    public TimeSpan BehindAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an acknowledged anchor may stay unseen while the engine answers. 1 s to 1 d; default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most logs of one segment. 1 to 100,000; default 1,000: a few for each court of a province.</summary>
    public int LogsMax { get; init; } = 1000;

    /// <summary>How many courts must have seen other blocks before the engine is set aside: f + 1, so that one liar cannot. 1 to 100; default 2.</summary>
    public int ContestingCourts { get; init; } = 2;

    /// <summary>Where to join an engine that has forgotten its first records; null to begin at its first.</summary>
    public AnchorStart? JoinAt { get; init; }

    /// <exception cref="ArgumentException">Values out of range; the message names every one.</exception>
    internal void Validate()
    {
        var wrong = new List<string>();
        Check(!string.IsNullOrEmpty(Origin), nameof(Origin));
        Check(Spacing >= TimeSpan.Zero && Spacing <= TimeSpan.FromHours(1), nameof(Spacing));
        Check(BehindAfter >= TimeSpan.FromSeconds(1) && BehindAfter <= TimeSpan.FromDays(1), nameof(BehindAfter));
        Check(Patience >= TimeSpan.FromSeconds(1) && Patience <= TimeSpan.FromDays(1), nameof(Patience));
        Check(LogsMax is >= 1 and <= 100_000, nameof(LogsMax));
        Check(ContestingCourts is >= 1 and <= 100, nameof(ContestingCourts));
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
