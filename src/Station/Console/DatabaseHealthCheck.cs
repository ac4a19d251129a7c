using Cinnabar.Station.Facts;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Console;

/// <summary>Whether the station's database answers.</summary>
internal sealed class DatabaseHealthCheck(StationDatabase database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            database.Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM follower"));
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (SqliteException e)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(e.Message));
        }
    }
}
