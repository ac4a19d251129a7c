using System.Net.WebSockets;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Media;

/// <summary>The media lane, and the endpoints of docs/formats/api.md, Media.</summary>
internal static partial class MediaEndpoints
{
    public static async Task LaneAsync(
        HttpContext http, CertificateAuthority authority, DevicesStore devices, MediaIntake intake, ILogger<MediaLane> logger,
        IHostApplicationLifetime lifetime)
    {
        if (GatewayEndpoints.Authenticate(http, authority, devices) is not { } device)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var web = await http.WebSockets.AcceptWebSocketAsync();
        using var socket = new UplinkSocket(web, intake.Limits.MediaMessageBytesMax);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var hello = await GatewayEndpoints.HelloAsync(socket, device.Device, intake.Limits, stop.Token);
            await new MediaLane(socket, device, hello, intake).RunAsync(stop.Token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            LogRefused(logger, device.Device, e.Message);
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            LogEnded(logger, device.Device, e.Message);
        }
    }

    /// <summary>A picture or another kept file; every view is stated with its reason.</summary>
    public static Results<FileContentHttpResult, NotFound> Picture(
        string hash, string? reason, HttpContext http, ContentStore content, RecordingsStore recordings, FactWriter writer)
    {
        if (!Digest.TryParseHex(hash, out var digest) || recordings.Picture(digest) is not { } picture
            || !Digest.TryParseHex(picture.Got, out var got) || content.TryRead(got) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        StateView(writer, http, picture.Seal, ("hash", CborValue.Bytes(digest)), reason);
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
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

        var fragments = recordings.Fragments(recording.Name, from ?? 0, until ?? long.MaxValue);
        using var source = recordings.Open(recording.Name);
        var whole = new MemoryStream();
        whole.Write(head);
        foreach (var fragment in fragments)
        {
            var bytes = new byte[fragment.Length];
            source.Position = fragment.Position;
            source.ReadExactly(bytes);
            whole.Write(bytes);
        }

        whole.Position = 0;
        StateView(writer, http, recording.Seal, ("stream", CborValue.Text(recording.Name)), reason);
        return TypedResults.File(whole, "video/mp4", enableRangeProcessing: true);
    }

    /// <summary>The live picture.</summary>
    public static async Task LiveAsync(string sealNumber, string? reason, HttpContext http, LiveHub hub, FactWriter writer, IHostApplicationLifetime lifetime)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var live = hub.Of(sealNumber);
        if (live.Join() is not { } viewer)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            StateView(writer, http, sealNumber, ("stream", CborValue.Text("live")), reason);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var listening = ListenAsync(socket, stop);
            await RelayAsync(socket, viewer, stop.Token);
            await listening;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The viewer left.
        }
        finally
        {
            live.Leave(viewer);
        }
    }

    private static async Task RelayAsync(WebSocket socket, LiveViewer viewer, CancellationToken cancellationToken)
    {
        await foreach (var item in viewer.Items.ReadAllAsync(cancellationToken))
        {
            viewer.Taken(item);
            await (item.Json is { } json
                ? socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, cancellationToken)
                : socket.SendAsync(item.Data, WebSocketMessageType.Binary, true, cancellationToken).AsTask());
        }
    }

    /// <summary>A viewer says nothing; listening is how we notice that it left.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource stop)
    {
        var buffer = new byte[64];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), stop.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // Ends in the same way.
        }

        await stop.CancelAsync();
    }

    private static void StateView(FactWriter writer, HttpContext http, string seal, (string, CborValue?) what, string? reason) =>
        writer.Station("media.viewed", seal, CborValue.Map(
            what, ("viewer", CborValue.Text(http.User.Identity?.Name ?? "")),
            ("reason", CborValue.Text(reason is { Length: > 0 and <= 200 } ? reason : "duty"))));

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "The media lane of {Device} was closed: {Reason}")]
    private static partial void LogRefused(ILogger logger, string device, string reason);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "The media lane of {Device} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, string device, string reason);
}
