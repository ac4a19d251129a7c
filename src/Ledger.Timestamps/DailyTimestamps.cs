using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>Has the newest final checkpoint, or block of the anchor chain, stamped once a day (UTC) by one authority.</summary>
/// <remarks>
/// Nothing waits for it. A day is stamped as soon as it has begun and there is something to stamp; an authority that is down is asked
/// again after <paramref name="retryAfter"/>, and a day that passes meanwhile stays without a token: the next day's covers what came before.
/// </remarks>
/// <param name="newest">SHA-256 of what is stamped; null when there is nothing yet.</param>
/// <param name="told">Hears the outcome of every try, for health and alarms.</param>
public sealed class DailyTimestamps(
    TimestampAuthority authority,
    TimestampArchive archive,
    Func<CancellationToken, Task<Digest?>> newest,
    Action<TimestampResult> told,
    TimeSpan retryAfter,
    TimeProvider time)
{
    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="IOException">The archive cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var day = DateOnly.FromDateTime(now.UtcDateTime);
            var done = archive.TryRead(day, out _, out _) || await StampAsync(day, cancellationToken).ConfigureAwait(false);
            // A delay is cut to whole milliseconds: one more, or the last fraction of a day would be waited for without end.
            var midnight = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) - now + TimeSpan.FromMilliseconds(1);
            await Task.Delay(done || midnight < retryAfter ? midnight : retryAfter, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> StampAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await newest(cancellationToken).ConfigureAwait(false) is not { } imprint)
        {
            return false;
        }

        var result = await authority.StampAsync(imprint, cancellationToken).ConfigureAwait(false);
        if (result.Verdict == TimestampVerdict.Valid)
        {
            archive.Keep(day, imprint, result.Token.Span);
        }

        told(result);
        return result.Verdict == TimestampVerdict.Valid;
    }
}
