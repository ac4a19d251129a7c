using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Registry.Seals;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Seals;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>The media lane, and the endpoints of docs/formats/api.md, Media.</summary>
internal static class MediaEndpoints
{
    /// <summary>Header of a picture or recording that says what is known of its signature, <see cref="MediaState"/>.</summary>
    public const string StateHeader = "X-Cinnabar-State";

    private const int ReasonLengthMax = 200;

    public static Task LaneAsync(HttpContext http, LaneGate gate, MediaIntake intake, LiveHub hub, IOptions<GatewayOptions> gateway) =>
        gate.ServeAsync(
            http, gateway.Value.Limits.MediaMessageBytesMax,
            (socket, device, hello, stop) => new MediaLane(socket, device, hello, intake, hub, gateway.Value.Limits).RunAsync(stop));

    /// <summary>A picture; every view is stated with its reason.</summary>
    public static Results<FileContentHttpResult, NotFound> Picture(
        string hash, string? reason, HttpContext http, ContentStore content, PicturesStore pictures, FactWriter writer)
    {
        if (!Digest.TryParseHex(hash, out var digest) || pictures.Find(digest) is not { } picture
            || !Digest.TryParseHex(picture.Got, out var got) || content.TryRead(got) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        StateView(writer, http, picture.Seal, ("hash", CborValue.Bytes(digest)), reason);
        Guard(http, picture.State);
        return TypedResults.File(bytes, picture.ContentType);
    }

    /// <summary>A recorded event as one MP4, from the key frame before <paramref name="from"/> (device clock, ms).</summary>
    public static Results<FileStreamHttpResult, NotFound> Recording(
        string stream, long? from, long? until, string? reason, HttpContext http, ContentStore content, RecordingsStore recordings, FactWriter writer)
    {
        if (RecordingKey.TryParse(stream) is not { } key || recordings.Get(key.ToString()) is not { } recording
            || !Digest.TryParseHex(recording.InitHash, out var init) || content.TryRead(init) is not { } head)
        {
            return TypedResults.NotFound();
        }

        // Stated for each range that a player asks for: a view that skips the beginning is a view.
        StateView(writer, http, recording.Seal, ("stream", CborValue.Text(recording.Name)), reason);
        Guard(http, recording.State);
        var fragments = recordings.Fragments(recording.Name, from ?? 0, until ?? long.MaxValue);
        return TypedResults.File(new RecordingStream(head, recordings.Open(recording.Name), fragments), "video/mp4", enableRangeProcessing: true);
    }

    /// <summary>The live picture, as a WebSocket: texts are JSON, bytes are pieces of fragmented MP4.</summary>
    public static async Task LiveAsync(
        string sealNumber, string? reason, HttpContext http, LiveHub hub, LiveRelay relay, FactWriter writer)
    {
        if (!http.WebSockets.IsWebSocketRequest || !IsSameSite(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!SealNumber.TryParse(sealNumber, out var number))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var live = hub.Of(number.ToString());
        if (live.Join() is not { } viewer)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            StateView(writer, http, number.ToString(), ("stream", CborValue.Text("live")), reason);
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await relay.RunAsync(socket, viewer, http.RequestAborted);
        }
        finally
        {
            live.Leave(viewer);
        }
    }

    // Browsers send cookies along with WebSockets of any page, and ask nobody (no CORS): the page must be one of ours.
    private static bool IsSameSite(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin]
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static void Guard(HttpContext http, MediaState state)
    {
        var headers = http.Response.Headers;
        headers[StateHeader] = SealViews.Camel(state);

        // Each look is a request, because each look is stated.
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }

    private static void StateView(FactWriter writer, HttpContext http, string seal, (string, CborValue?) what, string? reason) =>
        writer.Station("media.viewed", seal, CborValue.Map(
            what, ("viewer", CborValue.Text(http.User.Identity?.Name ?? "")),
            ("reason", CborValue.Text(reason is { Length: > 0 and <= ReasonLengthMax } ? reason : "duty"))));
}
