using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Console;

/// <summary>Health of the parts an officer relies on; "ok" or a sentence.</summary>
internal sealed record HealthEvent(string Log, string Channels, string Auditor)
{
    public static HealthEvent Of(HealthReport report) => new(Part(report, "log"), Part(report, "channels"), Part(report, "auditor"));

    private static string Part(HealthReport report, string name) =>
        !report.Entries.TryGetValue(name, out var entry) || entry.Status == HealthStatus.Healthy ? "ok" : entry.Description ?? entry.Status.ToString();
}
