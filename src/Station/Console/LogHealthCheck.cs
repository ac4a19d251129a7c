using Cinnabar.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Console;

/// <summary>Whether the court log takes entries.</summary>
internal sealed class LogHealthCheck(CourtLog log) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(log.Health.IsWriting ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(log.Health.Sentence));
}
