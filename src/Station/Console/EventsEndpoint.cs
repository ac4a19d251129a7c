using System.Text;
using System.Threading.Channels;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>Server-sent events: docs/formats/api.md, Live facts.</summary>
internal static class EventsEndpoint
{
    public static async Task StreamAsync(
        HttpContext http, LiveFeed live, SealBoard board, IOptions<ConsoleOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (live.Open(http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } id] ? id : null) is not { } feed)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var viewer = Viewer.Of(http.User);
        try
        {
            await TickAsync(http, live, time, stop.Token);
            if (feed.Missed is null)
            {
                await WriteAsync(http, "reset", live.Json(new FeedReset()), live.CurrentId(), stop.Token);
            }

            foreach (var missed in (feed.Missed ?? []).Where(e => IsFor(e, viewer, board)))
            {
                await WriteAsync(http, missed.Name, missed.Json, missed.Id, stop.Token);
            }

            await RelayAsync(http, feed.Events, e => IsFor(e, viewer, board), () => TickAsync(http, live, time, stop.Token), options.Value.Tick, time, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The browser left, or the station stops.
        }
        finally
        {
            feed.Leave();
        }
    }

    private static async Task RelayAsync(
        HttpContext http, ChannelReader<ConsoleEvent> events, Func<ConsoleEvent, bool> isFor, Func<Task> tick, TimeSpan every, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        var nextTick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var nextEvent = events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(nextTick, nextEvent);
            if (nextTick.IsCompleted)
            {
                await nextTick;
                await tick();
                nextTick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }

            if (!nextEvent.IsCompleted)
            {
                continue;
            }

            // A feed that was closed for being slow ends here, and the browser comes back for the rest.
            if (!await nextEvent)
            {
                return;
            }

            while (events.TryRead(out var told))
            {
                if (isFor(told))
                {
                    await WriteAsync(http, told.Name, told.Json, told.Id, cancellationToken);
                }
            }

            nextEvent = events.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    private static bool IsFor(ConsoleEvent told, Viewer viewer, SealBoard board) =>
        viewer.IsStaff || (!told.StaffOnly && (told.Seal is null || (board.Seal(told.Seal) is { } state && viewer.MaySee(state))));

    private static Task TickAsync(HttpContext http, LiveFeed live, TimeProvider time, CancellationToken cancellationToken) =>
        WriteAsync(http, "tick", live.Json(new Tick(time.GetUtcNow())), null, cancellationToken);

    private static async Task WriteAsync(HttpContext http, string name, string json, string? id, CancellationToken cancellationToken)
    {
        var text = id is null ? $"event: {name}\ndata: {json}\n\n" : $"id: {id}\nevent: {name}\ndata: {json}\n\n";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
