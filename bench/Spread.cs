namespace Cinnabar.Bench;

/// <summary>Median and tail of a series of milliseconds.</summary>
internal sealed record Spread(int Count, double P50, double P95, double P99, double Max)
{
    public static Spread Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0
            ? throw new InvalidOperationException("Nothing was measured: what was waited for never came.")
            : new Spread(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), Math.Round(sorted[^1], 1));
    }

    // Nearest rank: a value that was measured, never one between two.
    private static double At(double[] sorted, double quantile) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)], 1);
}
