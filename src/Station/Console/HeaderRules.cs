namespace Cinnabar.Station.Console;

/// <summary>What every answer of the console port carries, and the one header every change must carry.</summary>
internal static class HeaderRules
{
    /// <summary>A header that another site's page cannot send without CORS, which this station never allows.</summary>
    public const string Intent = "X-Cinnabar";

    // Ant Design writes its styles into the page, hence 'unsafe-inline' for styles alone; no script but our files runs.
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), microphone=(self)";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
            if (ChangesSomething(http.Request.Method) && http.Request.Headers[Intent] != "1")
            {
                return TypedResults.Problem(title: $"A change needs the header {Intent}: 1.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
            }
        }

        return next(http);
    }

    public static bool ChangesSomething(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));
}
