using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>Counts failures of logins that do not exist, so that they answer like those that do.</summary>
internal sealed class UnknownLogins(IOptions<ConsoleOptions> options, TimeProvider time)
{
    private const int LoginsMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Until)> _failures = [];

    /// <summary>Counts one failure.</summary>
    /// <returns>True when the login rests now.</returns>
    public bool Fail(string login)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_failures.Count >= LoginsMax)
            {
                _failures.Clear();
            }

            var key = AccountRow.KeyOf(login);
            var known = _failures.TryGetValue(key, out var entry) && entry.Until > now ? entry.Count : 0;
            _failures[key] = (known + 1, now + options.Value.Lockout);
            return known + 1 >= options.Value.FailuresMax;
        }
    }
}
