using System.Net.WebSockets;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>Enrolment and the statement lane: docs/formats/uplink.md.</summary>
internal static partial class GatewayEndpoints
{
    public static async Task<IResult> EnrolAsync(HttpContext http, Enrolment enrolment)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        try
        {
            var (status, answer) = await enrolment.TakeAsync(EnrolRequest.Decode(body.ToArray()));
            return answer is null ? Results.StatusCode(status) : Results.Bytes(answer.Encode(), "application/cbor");
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    public static async Task StatementsAsync(
        HttpContext http, CertificateAuthority authority, DevicesStore devices, SessionRegister sessions, StatementIntake intake,
        ILogger<SealSession> logger, IHostApplicationLifetime lifetime)
    {
        if (Authenticate(http, authority, devices) is not { } device)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var web = await http.WebSockets.AcceptWebSocketAsync();
        var socket = new UplinkSocket(web, intake.Limits.StatementMessageBytesMax);
        try
        {
            var hello = await HelloAsync(socket, device.Device, intake.Limits, http.RequestAborted);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            using var session = new SealSession(socket, device, hello, Head(device), intake);
            await ServeAsync(session, sessions, intake, stop.Token);
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

    /// <summary>The device behind a WebSocket request, or null: no certificate of our CA, or a device we do not know.</summary>
    public static DeviceRow? Authenticate(HttpContext http, CertificateAuthority authority, DevicesStore devices) =>
        http.WebSockets.IsWebSocketRequest && http.Connection.ClientCertificate is { } certificate
        && authority.DeviceOf(certificate) is { } name
            ? devices.Find(name)
            : null;

    /// <summary>Waits for the first message of either lane.</summary>
    /// <exception cref="FormatException">It is no hello, or one of another device or version.</exception>
    public static async Task<HelloMessage> HelloAsync(UplinkSocket socket, string device, UplinkLimits limits, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.HelloTimeout);
        return await socket.ReceiveAsync(timeout.Token) is HelloMessage hello && hello.Device == device && hello.Version == UplinkLimits.Version
            ? hello
            : throw new FormatException($"Expected the hello of {device}, version {UplinkLimits.Version}.");
    }

    private static async Task ServeAsync(SealSession session, SessionRegister sessions, StatementIntake intake, CancellationToken cancellationToken)
    {
        sessions.Open(session)?.Supersede(session);
        await intake.LinkAsync(session, connected: true);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        finally
        {
            if (sessions.Close(session))
            {
                await intake.LinkAsync(session, connected: false);
            }
        }
    }

    private static ChainGuard Head(DeviceRow device) =>
        new(device.Sequence, Digest.TryParseHex(device.Hash, out var hash) ? hash : default);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The lane of {Device} was closed: {Reason}")]
    private static partial void LogRefused(ILogger logger, string device, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "The lane of {Device} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, string device, string reason);
}
