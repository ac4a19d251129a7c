namespace Cinnabar.Station.Alarms;

/// <summary>When a warning is said again, and when the next level hears of it.</summary>
/// <param name="FirstRepeatsMs">When the first repeats come, counted from the first warning of the episode, ascending.</param>
/// <param name="EveryMs">Gap between all later repeats.</param>
/// <param name="EscalateEveryMs">Time each level of the escalation plan has for itself.</param>
/// <param name="MinimumGapMs">A re-raised incident warns at once, unless the last warning is younger than this.</param>
internal sealed record NagSchedule(IReadOnlyList<long> FirstRepeatsMs, long EveryMs, long EscalateEveryMs, long MinimumGapMs)
{
    /// <summary>No due time of this schedule can lie further ahead; one that does was written under another clock.</summary>
    public long LongestGapMs => Math.Max(Math.Max(EveryMs, EscalateEveryMs), Math.Max(MinimumGapMs, Gaps().Max()));

    /// <summary>Gap between warning number <paramref name="round"/> (from 1) of an episode and the one after.</summary>
    public long GapAfter(int round)
    {
        if (round > FirstRepeatsMs.Count)
        {
            return EveryMs;
        }

        return FirstRepeatsMs[round - 1] - (round == 1 ? 0 : FirstRepeatsMs[round - 2]);
    }

    private IEnumerable<long> Gaps() => Enumerable.Range(1, FirstRepeatsMs.Count + 1).Select(GapAfter);
}
