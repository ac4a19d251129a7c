using System.Globalization;
using Cinnabar.Ledger.Courts;
using Microsoft.AspNetCore.Http.Features;

namespace Cinnabar.Station.Courts;

/// <summary>What other courts ask of this one: docs/formats/court-link.md.</summary>
internal static class CourtsLinkEndpoints
{
    /// <summary>The pusher is the owner: nobody can bring another court's entries.</summary>
    public static async Task<IResult> PushAsync(HttpContext http, CourtMirrors mirrors, CourtSeat seat, CourtsBoard board, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var court = http.Features.GetRequiredFeature<CourtConnection>().Court!;
        board.Heard(court.Code);
        if (await ReadAsync(http, MirrorPush.LengthMax) is not { } body)
        {
            return Results.Text("The message is longer than a push may be.\n", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var mirror = mirrors.Find(court.Origin)!;
        var answer = MirrorPush.TryDecode(body.Span, out var push)
            ? mirror.Take(push, now)
            : new MirrorAnswer(MirrorVerdict.Malformed, mirror.Status.Size, [], "This is no push: docs/formats/court-link.md, section 2.");
        if (answer.Verdict == MirrorVerdict.Cosigned)
        {
            board.TakeVoice(court.Origin, seat.Self.Code, answer.HeldSize, now.ToUnixTimeSeconds());
        }

        http.Response.OnCompleted(() =>
        {
            mirror.Tidy();
            return Task.CompletedTask;
        });
        var (status, contentType, text) = MirrorHttp.Write(answer);
        http.Response.Headers[CourtLink.HeldSizeHeader] = answer.HeldSize.ToString(CultureInfo.InvariantCulture);
        return Results.Text(text, contentType, statusCode: status);
    }

    public static async Task<IResult> HeadsAsync(HttpContext http, HeadsExchange exchange, TimeProvider time)
    {
        var court = http.Features.GetRequiredFeature<CourtConnection>().Court!;
        if (await ReadAsync(http, KnownHeads.LengthMax) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!KnownHeads.TryDecode(body.Span, out var known))
        {
            return Results.BadRequest();
        }

        exchange.Take(known, court, time.GetUtcNow());
        return Results.Bytes(exchange.Known().Encode(), "application/cbor");
    }

    /// <summary>The body, or null when it is longer than this.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, int lengthMax)
    {
        if (http.Request.ContentLength > lengthMax)
        {
            return null;
        }

        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        var part = new byte[64 * 1024];
        while (await http.Request.Body.ReadAsync(part, http.RequestAborted) is > 0 and var count)
        {
            if (body.Length + count > lengthMax)
            {
                return null;
            }

            body.Write(part, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
