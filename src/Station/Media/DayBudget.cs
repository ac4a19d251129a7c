using System.Collections.Concurrent;

namespace Cinnabar.Station.Media;

/// <summary>Bytes that each seal may still have kept today (UTC); forgotten at a restart, which is rare. Safe for concurrent use.</summary>
internal sealed class DayBudget(long bytesMax, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateOnly Day, long Bytes, bool Told)> _spent = new(StringComparer.Ordinal);

    /// <summary>Spends bytes.</summary>
    /// <param name="first">True for the first refusal of the day.</param>
    /// <returns>False when the day's share does not hold them; nothing is spent then.</returns>
    public bool TrySpend(string seal, long bytes, out bool first)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        while (true)
        {
            var known = _spent.GetOrAdd(seal, (today, 0, false));
            var now = known.Day == today ? known : (Day: today, Bytes: 0, Told: false);
            var fits = now.Bytes + bytes <= bytesMax;
            if (_spent.TryUpdate(seal, fits ? now with { Bytes = now.Bytes + bytes } : now with { Told = true }, known))
            {
                first = !fits && !now.Told;
                return fits;
            }
        }
    }
}
