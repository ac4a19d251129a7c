using System.Threading.Channels;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>One person watching: a bounded queue that falls behind by whole groups of pictures, never in the middle of one.</summary>
internal sealed class LiveViewer(int framesMax)
{
    private readonly Channel<LiveItem> _queue = Channel.CreateUnbounded<LiveItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _offering = new();
    private int _waiting;
    private int _dropped;

    public ChannelReader<LiveItem> Items => _queue.Reader;

    /// <summary>A control message; never dropped.</summary>
    public void Tell(string json) => _queue.Writer.TryWrite(new LiveItem(json, default));

    /// <summary>A frame, or the initialisation segment.</summary>
    public void Offer(ReadOnlyMemory<byte> data, FragmentMarks marks)
    {
        lock (_offering)
        {
            var isInit = marks.HasFlag(FragmentMarks.Init);
            var behind = Volatile.Read(ref _waiting) >= framesMax;
            if (!isInit && (behind || (_dropped > 0 && !marks.HasFlag(FragmentMarks.Sync))))
            {
                _dropped++;
                return;
            }

            if (_dropped > 0)
            {
                Tell($$"""{"type":"lag","dropped":{{_dropped}}}""");
                _dropped = 0;
            }

            Interlocked.Increment(ref _waiting);
            _queue.Writer.TryWrite(new LiveItem(null, data));
        }
    }

    /// <summary>Call after each item taken from <see cref="Items"/>.</summary>
    public void Taken(LiveItem item)
    {
        if (item.Json is null)
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();
}

/// <summary>What a viewer gets: text or bytes.</summary>
internal readonly record struct LiveItem(string? Json, ReadOnlyMemory<byte> Data);
