using System.Globalization;
using Cinnabar.Ledger.Courts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>What other courts ask of this one: docs/formats/court-link.md.</summary>
internal static class CourtsLinkEndpoints
{
    /// <summary>The pusher is the owner: nobody can bring another court's entries.</summary>
    public static async Task<IResult> PushAsync(
        HttpContext http, CourtMirrors mirrors, CourtSeat seat, CourtsBoard board, CourtRefusals refusals, IOptions<CourtsOptions> options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var court = http.Features.GetRequiredFeature<CourtConnection>().Court!;
        board.Heard(court.Code);
        var (body, refused) = await ReadAsync(http, MirrorPush.LengthMax, options.Value.AnswerLimit, time);
        if (refused is { } status)
        {
            refusals.Refused(court, CourtLink.PushPath, $"status {status}");
            return Results.Text("The message is longer than a push may be, or took too long.\n", statusCode: status);
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
        refusals.Answered(court, answer);
        var (code, contentType, text) = MirrorHttp.Write(answer);
        http.Response.Headers[CourtLink.HeldSizeHeader] = answer.HeldSize.ToString(CultureInfo.InvariantCulture);
        return Results.Text(text, contentType, statusCode: code);
    }

    public static async Task<IResult> HeadsAsync(HttpContext http, HeadsExchange exchange, CourtRefusals refusals, IOptions<CourtsOptions> options, TimeProvider time)
    {
        var court = http.Features.GetRequiredFeature<CourtConnection>().Court!;
        var (body, refused) = await ReadAsync(http, KnownHeads.LengthMax, options.Value.AnswerLimit, time);
        if (refused is { } status)
        {
            refusals.Refused(court, CourtLink.HeadsPath, $"status {status}");
            return Results.StatusCode(status);
        }

        if (!KnownHeads.TryDecode(body.Span, out var known))
        {
            refusals.Refused(court, CourtLink.HeadsPath, nameof(MirrorVerdict.Malformed));
            return Results.BadRequest();
        }

        if (!exchange.Take(known, court, time.GetUtcNow()))
        {
            refusals.Refused(court, CourtLink.HeadsPath, "notes that are not their owners', or evidence of no fork");
        }

        return Results.Bytes(exchange.Known().Encode(), "application/cbor");
    }

    /// <summary>The body, or the status for one that is too long or too slow.</summary>
    private static async Task<(ReadOnlyMemory<byte> Body, int? Refused)> ReadAsync(HttpContext http, int lengthMax, TimeSpan limit, TimeProvider time)
    {
        if (http.Request.ContentLength > lengthMax)
        {
            return (default, StatusCodes.Status413PayloadTooLarge);
        }

        using var timer = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, http.RequestAborted);
        using var body = new MemoryStream();
        var part = new byte[64 * 1024];
        try
        {
            while (await http.Request.Body.ReadAsync(part, stop.Token) is > 0 and var count)
            {
                if (body.Length + count > lengthMax)
                {
                    return (default, StatusCodes.Status413PayloadTooLarge);
                }

                body.Write(part, 0, count);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            return (default, StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException e)
        {
            // The server's own limits: slower than its least rate, or longer than any body.
            return (default, e.StatusCode);
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), null);
    }
}
