using System.Diagnostics.CodeAnalysis;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Outbox;

/// <summary>Video of an event on its way to the court, in memory. Thread-safe.</summary>
/// <param name="bytesMax">Beyond this the oldest goes, up to the next key frame.</param>
internal sealed class RecordedVideo(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<VideoFragment> _fragments = [];
    private long _bytes;
    private long _dropped;

    /// <summary>Fragments lost because the uplink was away longer than memory lasts.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(VideoFragment fragment)
    {
        lock (_gate)
        {
            _fragments.AddLast(fragment);
            _bytes += fragment.Bytes.Length;
            while (_bytes > bytesMax && _fragments.First is not null)
            {
                do
                {
                    _bytes -= _fragments.First.Value.Bytes.Length;
                    _fragments.RemoveFirst();
                    _dropped++;
                }
                while (_fragments.First is { Value.IsSync: false });
            }
        }
    }

    public bool TryTake([NotNullWhen(true)] out VideoFragment? fragment)
    {
        lock (_gate)
        {
            fragment = _fragments.First?.Value;
            if (fragment is null)
            {
                return false;
            }

            _bytes -= fragment.Bytes.Length;
            _fragments.RemoveFirst();
            return true;
        }
    }

    /// <summary>Puts back what a broken connection may have lost.</summary>
    public void Return(VideoFragment fragment)
    {
        lock (_gate)
        {
            _fragments.AddFirst(fragment);
            _bytes += fragment.Bytes.Length;
        }
    }
}
