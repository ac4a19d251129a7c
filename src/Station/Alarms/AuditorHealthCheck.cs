using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Alarms;

/// <summary>What the auditor found, for /healthz and the console.</summary>
internal sealed class AuditorHealthCheck(AlarmsAuditor auditor) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(auditor.Health.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}
