using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Keys;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>Leads every other court's mirror to this court's newest head, and tells all of them every second what is known here.</summary>
/// <remarks>One court that is slow, dead or lying holds up nobody but itself.</remarks>
internal sealed class CourtLinks(
    CourtSeat seat, LinkKey key, ILogStore store, OwnFinality own, HeadsExchange exchange, CourtsBoard board, IOptions<CourtsOptions> options) : BackgroundService
{
    private static readonly TimeSpan s_pauseFirst = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = board.Time;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var links = seat.Others.Select(c => new CourtLink(c, key, options.Value.AnswerLimit)).ToArray();
        try
        {
            await Task.WhenAll(links.SelectMany(link => new[] { FeedAsync(link, stoppingToken), TellAsync(link, stoppingToken) }));
        }
        finally
        {
            Array.ForEach(links, l => l.Dispose());
        }
    }

    private async Task FeedAsync(CourtLink link, CancellationToken cancellationToken)
    {
        var feed = new MirrorFeed(store);
        var pause = s_pauseFirst;
        var done = 0L;
        while (true)
        {
            var target = await own.WaitForTargetAsync(done, cancellationToken);
            try
            {
                var before = feed.Held;
                var push = feed.Next(target);
                var answer = await link.PushAsync(push, cancellationToken);
                feed.Answered(answer);
                board.Heard(link.Court.Code);
                if (Take(link, target, push, answer))
                {
                    done = target.Size;
                }

                // Without a pause only behind the first answer and where all was taken: a liar that names ever other sizes would be asked without end.
                if (done == target.Size || before is null || (push.Entries.Count > 0 && feed.Held == push.OldSize + push.Entries.Count))
                {
                    pause = s_pauseFirst;
                    continue;
                }
            }
            catch (Exception e) when (e is HttpRequestException or LogStoreException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                board.Trouble(link.Court.Code, e.Message);
            }

            await Task.Delay(pause, _time, cancellationToken);
            pause = pause * 2 < options.Value.PauseMax ? pause * 2 : options.Value.PauseMax;
        }
    }

    /// <summary>What an answer means for the round.</summary>
    /// <returns>True when the mirror has vouched for the target.</returns>
    private bool Take(CourtLink link, LogHead target, MirrorPush push, MirrorAnswer answer)
    {
        if (answer.Verdict == MirrorVerdict.OtherSize)
        {
            // An honest mirror never holds more than it was shown, and the head that is shown never gives way to one court's word:
            // a liar would have every round thrown away (test/models/liveness.pml, RAISE_ON_ONE).
            board.Trouble(link.Court.Code, answer.HeldSize > target.Size ? $"It says that it holds {answer.HeldSize} entries of this log, and was shown {target.Size}." : "");
            return false;
        }

        if (answer.Verdict != MirrorVerdict.Cosigned || answer.HeldSize != target.Size || !push.Checkpoint.Span.SequenceEqual(target.Checkpoint.Span))
        {
            board.Trouble(link.Court.Code, answer.Verdict == MirrorVerdict.Cosigned ? "" : $"{answer.Verdict}: {answer.Sentence}");
            return false;
        }

        var isGenuine = own.Add(link.Court, target.Size, answer.Lines);
        board.Trouble(link.Court.Code, isGenuine ? "" : "Its cosignature does not verify.");
        return isGenuine;
    }

    private async Task TellAsync(CourtLink link, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeadsEvery, _time);
        var told = "";
        do
        {
            try
            {
                exchange.Take(await link.ExchangeAsync(exchange.Known(), cancellationToken), link.Court, _time.GetUtcNow());
                if (told.Length > 0 && board.TroubleOf(link.Court.Code) == told)
                {
                    board.Trouble(link.Court.Code, told = "");
                }
            }
            catch (Exception e) when (e is HttpRequestException or LogStoreException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                board.Trouble(link.Court.Code, told = e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
