using System.Collections.Concurrent;
using System.Threading.Channels;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>Hands warnings to their channels: each channel has its own line and its own workers, so a slow one delays nobody else.</summary>
internal sealed class WarningSenders : IAsyncDisposable
{
    /// <summary>Their name on the board of health.</summary>
    public const string Part = "channels";

    private readonly Dictionary<string, Channel<Warning>> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoticeChannel> _channels;
    private readonly AlarmsQueue _queue;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _workers = [];
    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.Ordinal);

    public WarningSenders(IEnumerable<NoticeChannel> channels, AlarmsQueue queue, Outbox outbox, HealthBoard health, TimeProvider time)
    {
        _channels = channels.ToDictionary(c => c.Channel.Name, StringComparer.Ordinal);
        _queue = queue;
        _outbox = outbox;
        _time = time;
        foreach (var (name, channel) in _channels)
        {
            // Unbounded, yet no longer than open incidents times contacts: a newer warning takes the place of one that waits.
            var line = System.Threading.Channels.Channel.CreateUnbounded<Warning>();
            _lines[name] = line;
            _workers.AddRange(Enumerable.Range(0, channel.Parallelism).Select(_ => Task.Run(() => WorkAsync(line.Reader, channel))));
        }

        health.Watch(Part, Probe);
    }

    public void Send(Warning warning)
    {
        if (_lines.TryGetValue(warning.Contact.Channel, out var line))
        {
            line.Writer.TryWrite(warning);
        }
        else
        {
            // Waits for room only if the follower is far behind; it must not block the follower itself.
            _ = _queue.AddAsync(
                new ResultInput(warning.Key, DeliveryResult.Refused(DeliveryReason.ChannelMissing), _time.GetUtcNow().ToUnixTimeMilliseconds()), _stop.Token).AsTask();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private async Task WorkAsync(ChannelReader<Warning> line, NoticeChannel channel)
    {
        try
        {
            await foreach (var warning in line.ReadAllAsync(_stop.Token))
            {
                if (_outbox.IsWanted(warning.Key))
                {
                    await SendAsync(warning, channel.Channel);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The station stops; what is pending goes out at the next start, under the same key.
        }
    }

    private async Task SendAsync(Warning warning, Notices.Channel channel)
    {
        var calledAt = _time.GetUtcNow();
        AlarmsMetrics.Waited.Record((calledAt.ToUnixTimeMilliseconds() - warning.CreatedMs) / 1000.0, new KeyValuePair<string, object?>("channel", channel.Name));
        DeliveryResult result;
        try
        {
            result = await channel.SendAsync(warning.Notice, _stop.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of the adapter must not take its worker with it.
            result = DeliveryResult.Unreachable(DeliveryReason.ProtocolBroken);
        }

        // One recipient's refused number says nothing about the channel.
        if (result.Outcome is DeliveryOutcome.HandedOff || result.Reason == DeliveryReason.RecipientRefused)
        {
            _failing.TryRemove(channel.Name, out _);
        }
        else
        {
            _failing[channel.Name] = result.Reason;
        }

        AlarmsMetrics.Attempts.Add(1, new("channel", channel.Name), new("reason", result.Reason));
        await _queue.AddAsync(new ResultInput(warning.Key, result, calledAt.ToUnixTimeMilliseconds()), _stop.Token);
    }

    private (HealthLevel Level, string Detail) Probe() =>
        _channels.Count == 0 ? (HealthLevel.Degraded, "No channel is switched on: nobody outside the console is warned.")
        : !_failing.IsEmpty ? (HealthLevel.Degraded, string.Join("; ", _failing.Select(f => $"{f.Key}: {f.Value}")))
        : (HealthLevel.Good, "");
}
