using Cinnabar.Evidence;

namespace Cinnabar.Registry.Periods;

/// <summary>The longest period for one category on one day.</summary>
/// <param name="Category">What is sealed.</param>
/// <param name="Name">The category in words.</param>
/// <param name="YearsMax">Longest period in years.</param>
/// <param name="Article">The provision, in words.</param>
/// <param name="Source">Where the text was read.</param>
public sealed record PeriodRule(SealCategory Category, BilingualText Name, int YearsMax, BilingualText Article, string Source)
{
    /// <summary>The last day allowed for a seal from a day on.</summary>
    /// <remarks>
    /// The start day does not count (CPL 85), so the period ends on the day of the same date; where that date does not
    /// exist, on the last day of its month. No roll-over on holidays: the printed date binds (domain.md P9).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The end lies beyond the year 9999.</exception>
    public DateOnly LastDay(DateOnly from) => from.AddYears(YearsMax);
}
