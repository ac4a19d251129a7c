using Cinnabar.Station.Facts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Console;

/// <summary>Health for whoever watches the station from outside: docs/operate/station.md.</summary>
internal static class HealthEndpoint
{
    public static Results<Ok<StationHealth>, JsonHttpResult<StationHealth>> Read(HealthBoard board, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var answer = StationHealth.Of(board);
        return answer.Status == HealthLevel.Failed
            ? TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(answer);
    }
}
