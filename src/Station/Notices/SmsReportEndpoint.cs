using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Notices;

/// <summary>Where Kannel brings delivery reports: <c>GET /notices/sms/{token}?s=STATUS&amp;f=ID&amp;a=ANSWER</c>.</summary>
/// <remarks>The token is the only credential. A wrong one is answered like any unknown address; the same report twice is recorded twice and harmless.</remarks>
internal static class SmsReportEndpoint
{
    public const string Path = "/notices/sms";
    private const int LongestProviderId = 64;

    public static async Task<Results<NoContent, NotFound, BadRequest>> ReceiveAsync(
        string token, int? s, string? f, SmsReportTokens tokens, Func<DeliveryReport, CancellationToken, Task> record, CancellationToken cancellationToken)
    {
        if (tokens.Read(token) is not { } key) return TypedResults.NotFound();
        var reason = s switch
        {
            1 => DeliveryReason.Delivered,
            2 => DeliveryReason.Undelivered,
            4 => DeliveryReason.Buffered,
            8 => DeliveryReason.NetworkAccepted,
            16 => DeliveryReason.NetworkRefused,
            _ => null,
        };
        if (reason is null) return TypedResults.BadRequest();
        await record(new DeliveryReport(key, reason, ProviderId(f)), cancellationToken);
        return TypedResults.NoContent();
    }

    // It comes from the phone network and goes into a signed statement: short and printable, or not at all.
    private static string? ProviderId(string? f) =>
        f is { Length: > 0 and <= LongestProviderId } && !f.AsSpan().ContainsAnyExceptInRange('!', '~') ? f : null;
}
