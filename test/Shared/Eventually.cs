using System.Diagnostics;

namespace Cinnabar.Shared;

/// <summary>The one place where tests poll: at the boundary of a real process, which cannot signal us.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within a generous limit; no test asserts how long it took.</exception>
    public static void Holds(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > s_limit)
            {
                throw new TimeoutException("Waited in vain until " + what);
            }

            Thread.Sleep(s_pause);
        }
    }
}
