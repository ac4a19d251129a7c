using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cinnabar.Station.Console;

/// <summary>Health for whoever watches the station from outside: docs/operate/station.md.</summary>
internal static class HealthEndpoint
{
    public static async Task<Results<Ok<StationHealth>, JsonHttpResult<StationHealth>>> ReadAsync(HealthCheckService health, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var report = await health.CheckHealthAsync(http.RequestAborted);
        var answer = StationHealth.Of(report);
        return report.Status == HealthStatus.Unhealthy
            ? TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(answer);
    }
}
