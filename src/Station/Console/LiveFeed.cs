using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>What browsers are told as it happens: every event to every feed, the last ones remembered for those who come back.</summary>
/// <remarks>A browser that is too slow loses its feed, never an event: it resumes from the memory. Safe for concurrent use.</remarks>
internal sealed class LiveFeed(IOptions<ConsoleOptions> options, IOptions<JsonOptions> json, TimeProvider time)
{
    private static readonly TimeSpan s_comeBack = TimeSpan.FromMinutes(2);

    private readonly string _start = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private readonly Lock _lock = new();
    private readonly Queue<ConsoleEvent> _memory = [];
    private readonly HashSet<Channel<ConsoleEvent>> _feeds = [];
    private readonly Dictionary<string, ConsoleEvent> _lasting = new(StringComparer.Ordinal);
    private long _number;
    private DateTimeOffset _lastLeft;

    /// <summary>Serialises with the API's own settings, so that an event has the shape of the answer it stands for.</summary>
    public string Json<T>(T value) => JsonSerializer.Serialize(value, json.Value.SerializerOptions);

    /// <summary>Tells an event.</summary>
    /// <param name="data">Made only when somebody listens or may come back for it; null tells nothing.</param>
    /// <param name="lasting">The newest of this name is also told to every feed that opens.</param>
    public void Publish<T>(string name, Func<T?> data, string? seal = null, bool staffOnly = false, bool lasting = false) where T : class
    {
        if (!lasting && !IsWatched())
        {
            return;
        }

        if (data() is not { } value)
        {
            return;
        }

        var text = Json(value);
        lock (_lock)
        {
            _number++;
            var told = new ConsoleEvent(_number, Id(_number), name, text, seal, staffOnly);
            if (lasting)
            {
                _lasting[name] = told;
            }

            _memory.Enqueue(told);
            if (_memory.Count > options.Value.FeedMemory)
            {
                _memory.Dequeue();
            }

            foreach (var feed in _feeds.Where(f => !f.Writer.TryWrite(told)).ToArray())
            {
                _feeds.Remove(feed);
                feed.Writer.Complete();
            }
        }
    }

    /// <summary>Opens a feed.</summary>
    /// <param name="lastId">Last-Event-ID of the browser, or null.</param>
    /// <returns>Null when too many are open. Missed is null when the place is lost and all must be read again.</returns>
    public (ChannelReader<ConsoleEvent> Events, IReadOnlyList<ConsoleEvent>? Missed, Action Leave)? Open(string? lastId)
    {
        var channel = Channel.CreateBounded<ConsoleEvent>(new BoundedChannelOptions(options.Value.FeedQueueMax) { SingleReader = true });
        lock (_lock)
        {
            if (_feeds.Count >= options.Value.FeedsMax)
            {
                return null;
            }

            _feeds.Add(channel);
            return (channel.Reader, lastId is null ? [.. _lasting.Values] : Since(lastId), () => Leave(channel));
        }
    }

    private void Leave(Channel<ConsoleEvent> channel)
    {
        lock (_lock)
        {
            _feeds.Remove(channel);
            _lastLeft = time.GetUtcNow();
        }
    }

    /// <summary>Whether anybody listens or left just now; else events are not even made, and a place in them is lost.</summary>
    private bool IsWatched()
    {
        lock (_lock)
        {
            if (_feeds.Count > 0 || time.GetUtcNow() - _lastLeft < s_comeBack)
            {
                return true;
            }

            _number++;
            _memory.Clear();
            return false;
        }
    }

    /// <summary>An id that continues here, for events made for one feed only.</summary>
    public string CurrentId()
    {
        lock (_lock)
        {
            return Id(_number);
        }
    }

    private ConsoleEvent[]? Since(string lastId)
    {
        if (!lastId.StartsWith(_start + "-", StringComparison.Ordinal)
            || !long.TryParse(lastId.AsSpan(_start.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last > _number)
        {
            return null;
        }

        return last == _number || _memory.TryPeek(out var oldest) && oldest.Number <= last + 1 ? [.. _memory.Where(e => e.Number > last)] : null;
    }

    private string Id(long number) => string.Create(CultureInfo.InvariantCulture, $"{_start}-{number}");
}
