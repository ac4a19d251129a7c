using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>States refused accesses: who tried what. Capped, so that a scanner fills no log.</summary>
internal sealed class RefusalRecord(FactWriter writer, CourtIdentity court, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private int _stated;
    private int _suppressed;

    public async Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);

        if (http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
            && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            State(http);
        }
    }

    private void State(HttpContext http)
    {
        int suppressed;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                _minute = now;
                _stated = 0;
            }

            if (_stated >= options.Value.RefusalsPerMinuteMax)
            {
                _suppressed++;
                return;
            }

            _stated++;
            suppressed = _suppressed;
            _suppressed = 0;
        }

        // The pattern and not the path: a path may hold the token of a phone link.
        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "/api";
        writer.Station("access.refused", court.Origin, CborValue.Map(
            ("path", CborValue.Text($"{http.Request.Method} {pattern}")), ("status", CborValue.Integer(http.Response.StatusCode)),
            ("who", CborValue.Text(http.User.Identity?.Name ?? "")), ("seal", Seal(http)),
            ("suppressed", suppressed > 0 ? CborValue.Integer(suppressed) : null)));
    }

    private static CborValue? Seal(HttpContext http) =>
        http.Request.RouteValues.TryGetValue("sealNumber", out var seal) && seal is string { Length: > 0 and <= 64 } number && !number.Any(char.IsControl)
            ? CborValue.Text(number) : null;
}
