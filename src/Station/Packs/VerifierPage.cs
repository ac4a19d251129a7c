using System.Text;
using System.Text.RegularExpressions;

namespace Cinnabar.Station.Packs;

/// <summary>The page that checks packs without this station: <c>web/verify</c>, one file that anybody may save and pass on.</summary>
internal static partial class VerifierPage
{
    public static async Task<IResult> ReadAsync(IWebHostEnvironment host, HttpContext http, CancellationToken cancellationToken)
    {
        var file = host.WebRootFileProvider.GetFileInfo("verify/index.html");
        if (!file.Exists)
        {
            return Results.NotFound();
        }

        using var reader = new StreamReader(file.CreateReadStream(), Encoding.UTF8);
        var page = await reader.ReadToEndAsync(cancellationToken);
        // The build writes the policy with the hashes of its own script and style; the console's would let neither run.
        http.Response.Headers.ContentSecurityPolicy = $"{Policy().Match(page).Groups[1].Value}; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Content(page, "text/html; charset=utf-8");
    }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();
}
