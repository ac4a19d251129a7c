using System.Collections.Concurrent;
using System.Diagnostics;
using Cinnabar.Evidence;

namespace Cinnabar.Demo.Courts;

/// <summary>One run of a <see cref="StatementFlow"/>: twenty statements a second until it is ended.</summary>
public sealed class StatementRun(StationClient client, DoorlessSeal seal)
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<long, Digest> _sent = new();
    private readonly ConcurrentDictionary<long, long> _acknowledged = new();
    private readonly ConcurrentBag<(long Acknowledged, long Released)> _released = [];
    private readonly ConcurrentBag<Task> _following = [];
    private volatile bool _isEnough;
    private CancellationToken _stop;
    private Task _stating = Task.CompletedTask;

    /// <summary>Durable in the court's log so far.</summary>
    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>Receipts that are out so far.</summary>
    public int ReleasedCount => _released.Count;

    /// <summary>Begins; the seal's lane is open and calls <see cref="Acknowledged"/>.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        _stop = cancellationToken;
        _stating = Task.Run(StateAsync, cancellationToken);
    }

    /// <summary>Takes an acknowledgement, and asks for the receipt.</summary>
    public void Acknowledged(long sequence)
    {
        var now = Stopwatch.GetTimestamp();
        if (_sent.TryGetValue(sequence, out var hash) && _acknowledged.TryAdd(sequence, now))
        {
            _following.Add(FollowAsync(hash, now));
        }
    }

    /// <summary>Waits for something that this run counts, and fails when the run itself has failed.</summary>
    /// <exception cref="DemoException">It did not come in time.</exception>
    public async Task UntilAsync(Func<bool> condition, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_following.Prepend(_stating).FirstOrDefault(one => one.IsFaulted) is { } failed)
            {
                await failed;
            }

            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                throw new DemoException($"{what} did not come within {limit.TotalSeconds:0} s: {AcknowledgedCount} statements are acknowledged, {ReleasedCount} receipts are out.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    /// <summary>States no more, and waits for what is acknowledged to be final.</summary>
    public async Task EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        _isEnough = true;
        await _stating;
        await UntilAsync(() => AcknowledgedCount == _sent.Count && ReleasedCount == AcknowledgedCount, limit, "Receipts for all", cancellationToken);
    }

    public FinalFigures Figures()
    {
        var ms = _released.Select(one => Stopwatch.GetElapsedTime(one.Acknowledged, one.Released).TotalMilliseconds).Order().ToArray();
        double At(double share) => Math.Round(ms[(int)Math.Ceiling(share * ms.Length) - 1], 1);
        return new FinalFigures(ms.Length, At(0.5), At(0.99));
    }

    /// <summary>The longest time between two receipts after this moment, the first one counted from it.</summary>
    /// <param name="from">Of <see cref="Stopwatch"/>.</param>
    public double LongestGapMs(long from)
    {
        var times = _released.Select(one => one.Released).Where(one => one >= from).Order().ToArray();
        return times.Zip(times.Prepend(from), (later, earlier) => Stopwatch.GetElapsedTime(earlier, later).TotalMilliseconds).DefaultIfEmpty().Max();
    }

    private async Task StateAsync()
    {
        using var tick = new PeriodicTimer(s_pace);
        while (!_isEnough && await tick.WaitForNextTickAsync(_stop))
        {
            var (message, hash) = seal.Touch();
            _sent[message.Sequence] = hash;
            await seal.SendAsync(message, _stop);
        }
    }

    private async Task FollowAsync(Digest hash, long acknowledged)
    {
        // One long poll ends after 25 s without an answer; while nothing is final, the next one waits.
        while (!await client.TryDownloadAsync($"/api/receipts/{hash}?wait=true", _stop))
        {
        }

        _released.Add((acknowledged, Stopwatch.GetTimestamp()));
    }
}
