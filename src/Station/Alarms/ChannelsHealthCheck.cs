using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Alarms;

/// <summary>Whether each channel took its last message, for /healthz and the console.</summary>
internal sealed class ChannelsHealthCheck(WarningSenders senders) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = senders.Failing;
        return Task.FromResult(
            senders.IsEmpty ? HealthCheckResult.Degraded("No channel is switched on: nobody outside the console is warned.")
            : failing.Count > 0 ? HealthCheckResult.Degraded(string.Join("; ", failing.Select(f => $"{f.Key}: {f.Value}")))
            : HealthCheckResult.Healthy());
    }
}
