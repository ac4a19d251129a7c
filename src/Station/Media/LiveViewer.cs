using System.Threading.Channels;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>One person watching: a bounded queue that falls behind by whole groups of pictures, never in the middle of one.</summary>
/// <param name="framesMax">Frames that wait before frames are dropped.</param>
internal sealed class LiveViewer(int framesMax)
{
    // Control messages and beginnings of streams are not dropped, so who lets that many wait is not there any more.
    private const int ItemsMaxFactor = 4;

    private readonly Channel<LiveItem> _queue = Channel.CreateUnbounded<LiveItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _offering = new();
    private int _waiting;
    private int _dropped;

    public ChannelReader<LiveItem> Items => _queue.Reader;

    /// <summary>A control message; never dropped.</summary>
    public void Tell(string json)
    {
        lock (_offering)
        {
            Enqueue(new LiveItem(json, default));
        }
    }

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

            if (_dropped > 0 && !isInit)
            {
                Enqueue(new LiveItem(new ViewerMessage.Lag(_dropped).ToJson(), default));
                _dropped = 0;
            }

            Enqueue(new LiveItem(null, data));
        }
    }

    /// <summary>Call after each item taken from <see cref="Items"/>.</summary>
    public void Taken() => Interlocked.Decrement(ref _waiting);

    public void Complete() => _queue.Writer.TryComplete();

    private void Enqueue(LiveItem item)
    {
        if (Interlocked.Increment(ref _waiting) > framesMax * ItemsMaxFactor)
        {
            Complete();
        }

        _queue.Writer.TryWrite(item);
    }
}
