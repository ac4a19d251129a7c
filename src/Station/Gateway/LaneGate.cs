using System.Net.WebSockets;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>The way in to either lane: certificate, known device, hello, version.</summary>
internal sealed partial class LaneGate(
    CertificateAuthority authority, DevicesStore devices, KeyRegister keys, Oddities oddities, IOptions<GatewayOptions> options,
    IHostApplicationLifetime lifetime, ILogger<LaneGate> logger)
{
    // How long a refused peer is listened to, so that it gets our reason before the connection is cut.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    /// <summary>Checks the caller, then serves it until either side ends the lane; a breach of contract ends it with 1008 and a reason.</summary>
    public async Task ServeAsync(
        HttpContext http, int messageBytesMax, Func<UplinkSocket, DeviceRow, HelloMessage, CancellationToken, Task> serve)
    {
        if (Authenticate(http) is not { } device)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var web = await http.WebSockets.AcceptWebSocketAsync();
        using var socket = new UplinkSocket(web, messageBytesMax);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var hello = await HelloAsync(socket, device.Device, stop.Token);
            await serve(socket, device, hello, stop.Token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (FormatException e)
        {
            LogRefused(logger, http.Request.Path, device.Device, e.Message);
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, e.Message);
            await DrainAsync(web);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            LogEnded(logger, http.Request.Path, device.Device, e.Message);
        }
    }

    /// <summary>The device behind a request, or null: no certificate of our CA, or a device whose key no longer counts.</summary>
    private DeviceRow? Authenticate(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || http.Connection.ClientCertificate is not { } certificate
            || authority.DeviceOf(certificate) is not { } name)
        {
            return null;
        }

        var device = keys.Find($"device:{name}") is null ? null : devices.Find(name);
        if (device is null)
        {
            oddities.Stranger(http.Request.Path, $"device:{name}");
        }

        return device;
    }

    private async Task<HelloMessage> HelloAsync(UplinkSocket socket, string device, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.Limits.HelloTimeout);
        return await socket.ReceiveAsync(timeout.Token) is HelloMessage hello && hello.Device == device && hello.Version == UplinkLimits.Version
            ? hello
            : throw new FormatException($"No hello of {device}, version {UplinkLimits.Version}.");
    }

    // Bytes still on their way in would turn our close into a reset, which takes the reason away from the peer.
    private static async Task DrainAsync(WebSocket web)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            using var timeout = new CancellationTokenSource(s_farewell);
            while (web.State is WebSocketState.CloseSent && (await web.ReceiveAsync(buffer.AsMemory(), timeout.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // It does not want to know.
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The lane {Path} of {Device} was closed: {Reason}")]
    private static partial void LogRefused(ILogger logger, string path, string device, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "The lane {Path} of {Device} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, string path, string device, string reason);
}
