using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cinnabar.Seal.Camera;

/// <summary>
/// One viewer's queue. A viewer too slow for it loses frames up to the next keyframe, never from the middle of a GOP, and
/// can tell from <see cref="Dropped"/>. An init segment precedes the first frame of every stream and is never lost.
/// One reader; disposing ends the reading.
/// </summary>
internal sealed class LiveSubscription : IDisposable
{
    private readonly Channel<VideoFragment> _queue = Channel.CreateUnbounded<VideoFragment>();
    private readonly int _countMax;
    private readonly int _bytesMax;
    private readonly Action<LiveSubscription> _leave;
    private int _count;
    private int _bytes;
    private long _dropped;
    private bool _waitsForSync = true;
    private VideoStream? _announced;

    internal LiveSubscription(int countMax, int bytesMax, Action<LiveSubscription> leave)
    {
        _countMax = countMax;
        _bytesMax = bytesMax;
        _leave = leave;
    }

    /// <summary>Frames this viewer was not given because it was too slow.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Fragments as they come, until disposed or cancelled.</summary>
    internal async IAsyncEnumerable<VideoFragment> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _queue.Reader.WaitToReadAsync(cancellationToken))
        {
            while (TryRead(out VideoFragment? fragment)) yield return fragment;
        }
    }

    /// <summary>The next fragment if one waits.</summary>
    internal bool TryRead([NotNullWhen(true)] out VideoFragment? fragment)
    {
        if (!_queue.Reader.TryRead(out fragment)) return false;
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -fragment.Bytes.Length);
        return true;
    }

    public void Dispose()
    {
        _leave(this);
        _queue.Writer.TryComplete();
    }

    /// <summary>Called by the feed alone, under its lock.</summary>
    internal void Offer(VideoFragment fragment)
    {
        if (fragment.IsInit) return; // written below, before the first frame that needs it
        if (_waitsForSync && !fragment.IsSync)
        {
            if (_announced is not null) Interlocked.Increment(ref _dropped); // before the first picture nothing was missed
            return;
        }
        if (!HasRoom(fragment))
        {
            if (!fragment.IsSync)
            {
                _waitsForSync = true;
                Interlocked.Increment(ref _dropped);
                return;
            }
            // A keyframe makes everything unread stale: the viewer jumps to now.
            Discard();
        }
        if (_announced != fragment.Stream)
        {
            _announced = fragment.Stream;
            Write(fragment.Stream.Init);
        }
        _waitsForSync = false;
        Write(fragment);
    }

    private bool HasRoom(VideoFragment fragment) =>
        Volatile.Read(ref _count) + 2 <= _countMax && Volatile.Read(ref _bytes) + fragment.Bytes.Length <= _bytesMax;

    private void Discard()
    {
        while (TryRead(out VideoFragment? stale))
        {
            if (stale.IsInit) _announced = null;
            else Interlocked.Increment(ref _dropped);
        }
    }

    private void Write(VideoFragment fragment)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, fragment.Bytes.Length);
        _queue.Writer.TryWrite(fragment);
    }
}
