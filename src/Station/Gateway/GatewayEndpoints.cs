using System.Security.Cryptography;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>Enrolment and the statement lane: docs/formats/uplink.md.</summary>
internal static class GatewayEndpoints
{
    private const int ComeBackMs = 5_000;

    public static IResult Authority(CertificateAuthority authority) => Results.Bytes(authority.Der.ToArray(), "application/pkix-cert");

    public static async Task<IResult> EnrolAsync(HttpContext http, Enrolment enrolment, Oddities oddities)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        try
        {
            var request = EnrolRequest.Decode(body.ToArray());
            var (status, answer) = await enrolment.TakeAsync(request, http.Connection.RemoteIpAddress?.ToString() ?? "");
            if (answer is not null)
            {
                return Results.Bytes(answer.Encode(), "application/cbor");
            }

            if (status is StatusCodes.Status403Forbidden or StatusCodes.Status409Conflict)
            {
                oddities.Stranger(EnrolRequest.Path, $"device:{request.Device}");
            }

            return Results.StatusCode(status);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    public static Task StatementsAsync(
        HttpContext http, LaneGate gate, SessionRegister sessions, StatementIntake intake, ChainGuards chains, GatewayFollower follower) =>
        gate.ServeAsync(http, intake.Options.Limits.StatementMessageBytesMax, async (socket, device, hello, stop) =>
        {
            if (!follower.CaughtUp.IsCompleted)
            {
                // Until then we do not know where its chain stands, and would call an honest seal forked.
                await socket.SendAsync(new LaterMessage(ComeBackMs), stop);
                return;
            }

            using var session = new SealSession(socket, device, hello, chains.Of(device), intake);
            sessions.Open(session);
            await intake.LinkAsync(session, connected: true);
            try
            {
                await session.RunAsync(stop);
            }
            finally
            {
                if (sessions.Close(session))
                {
                    await intake.LinkAsync(session, connected: false);
                }
            }
        });
}
