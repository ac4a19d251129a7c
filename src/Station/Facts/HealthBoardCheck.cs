using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Facts;

/// <summary>The board as one of the checks behind <c>/healthz</c>; names the parts that do not do well.</summary>
internal sealed class HealthBoardCheck(HealthBoard board) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unwell = board.Parts.Where(p => p.Level != HealthLevel.Good).ToArray();
        var detail = string.Join("; ", unwell.Select(p => $"{p.Part}: {p.Detail}"));
        return Task.FromResult(unwell.Length == 0 ? HealthCheckResult.Healthy()
            : unwell.All(p => p.Level == HealthLevel.Degraded) ? HealthCheckResult.Degraded(detail)
            : HealthCheckResult.Unhealthy(detail));
    }
}
