namespace Cinnabar.Station.Gateway;

/// <summary>Counts by name within the current minute, so that no caller can make the station do or state a thing without end.</summary>
/// <remarks>Safe for concurrent use; forgets everything each minute, and holds a bounded number of names.</remarks>
internal sealed class MinuteLimit(int max, TimeProvider time)
{
    private const int NamesMax = 100_000;

    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Counts one more.</summary>
    /// <returns>False when the name has had its share of this minute.</returns>
    public bool Admit(string name)
    {
        lock (_counting)
        {
            Turn();
            var count = _counts.GetValueOrDefault(name);
            if (count >= max || (count == 0 && _counts.Count >= NamesMax))
            {
                return false;
            }

            _counts[name] = count + 1;
            return true;
        }
    }

    /// <summary>True when the name has had its share of this minute; counts nothing.</summary>
    public bool IsSpent(string name)
    {
        lock (_counting)
        {
            Turn();
            return _counts.GetValueOrDefault(name) >= max;
        }
    }

    private void Turn()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (minute != _minute)
        {
            _minute = minute;
            _counts.Clear();
        }
    }
}
