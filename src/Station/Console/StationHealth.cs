using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Console;

/// <summary>How the station is.</summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Parts">"ok" or a sentence, by name of the part.</param>
internal sealed record StationHealth(string Status, IReadOnlyDictionary<string, string> Parts)
{
    public static StationHealth Of(HealthReport report) => new(
        report.Status.ToString(),
        report.Entries.ToDictionary(e => e.Key, e => e.Value.Status == HealthStatus.Healthy ? "ok" : e.Value.Description ?? e.Value.Status.ToString()));
}
