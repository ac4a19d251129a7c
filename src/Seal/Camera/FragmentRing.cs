namespace Cinnabar.Seal.Camera;

/// <summary>
/// The newest video in memory, in whole GOPs, bounded by seconds and by bytes; always begins with a sync fragment.
/// Thread safe.
/// </summary>
internal sealed class FragmentRing(TimeProvider time, TimeSpan span, long bytesMax)
{
    /// <summary>What a clip shows of the time before a trigger (design.md 5).</summary>
    internal static readonly TimeSpan PreRoll = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<List<VideoFragment>> _gops = new();
    private long _bytes;
    private bool _live;

    /// <summary>Bytes held.</summary>
    internal long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>Time from the first to the newest frame held.</summary>
    internal TimeSpan Held
    {
        get
        {
            lock (_gate) return _gops.Count == 0 ? TimeSpan.Zero : HeldFrom_NeedsLock(_gops.First!.Value);
        }
    }

    /// <summary>Takes a frame. One that cannot be decoded with what is held is left out; an init segment is ignored.</summary>
    internal void Add(VideoFragment fragment)
    {
        if (fragment.IsInit) return;
        lock (_gate)
        {
            if (fragment.IsSync)
            {
                _gops.AddLast([fragment]);
                _live = true;
            }
            else if (_live && Follows(_gops.Last!.Value[^1], fragment))
            {
                _gops.Last!.Value.Add(fragment);
            }
            else
            {
                return;
            }
            _bytes += fragment.Bytes.Length;
            Trim_NeedsLock();
        }
    }

    /// <summary>The encoder ended: what is held stays for clips, but no late joiner is given it as live.</summary>
    internal void EndStream()
    {
        lock (_gate) _live = false;
    }

    /// <summary>The frames of the GOP now being filled, for a viewer who joins; empty when there is no live stream.</summary>
    internal IReadOnlyList<VideoFragment> CurrentGop()
    {
        lock (_gate) return _live ? [.. _gops.Last!.Value] : [];
    }

    /// <summary>
    /// Everything from the last IDR frame at or before <paramref name="trigger"/> minus <see cref="PreRoll"/>: one clip for each
    /// encoder start, oldest first. Nearly always one; two when the encoder was restarted inside the window; none when nothing is held.
    /// </summary>
    /// <param name="trigger">Monotonic timestamp of the trigger.</param>
    internal IReadOnlyList<VideoClip> Freeze(long trigger)
    {
        long from = trigger - (long)(PreRoll.TotalSeconds * time.TimestampFrequency);
        List<(VideoStream Stream, List<VideoFragment> Fragments)> clips = [];
        lock (_gate)
        {
            for (LinkedListNode<List<VideoFragment>>? node = _gops.First; node is not null; node = node.Next)
            {
                if (End(node) < from) continue;
                VideoStream stream = node.Value[0].Stream;
                if (clips.Count == 0 || clips[^1].Stream != stream) clips.Add((stream, []));
                clips[^1].Fragments.AddRange(node.Value);
            }
        }
        return [.. clips.Select(clip => new VideoClip(clip.Stream, clip.Fragments))];
    }

    // A GOP reaches up to the next one of its stream, so that no instant falls between two; the last of a stream ends with its last frame.
    private static long End(LinkedListNode<List<VideoFragment>> node) =>
        node.Next is { } next && next.Value[0].Stream == node.Value[0].Stream
            ? next.Value[0].Captured.Monotonic - 1
            : node.Value[^1].Captured.Monotonic;

    private static bool Follows(VideoFragment last, VideoFragment next) => last.Stream == next.Stream && last.Index + 1 == next.Index;

    private TimeSpan HeldFrom_NeedsLock(List<VideoFragment> gop) =>
        time.GetElapsedTime(gop[0].Captured.Monotonic, _gops.Last!.Value[^1].Captured.Monotonic);

    private void Trim_NeedsLock()
    {
        // A GOP goes when the ring covers its span without it, or when the bytes demand it.
        while (_gops.First is { Next: { } second } && (_bytes > bytesMax || HeldFrom_NeedsLock(second.Value) >= span)) DropFirst_NeedsLock();
        if (_bytes <= bytesMax) return;
        // An encoder that sends no keyframe would fill the memory: start again at the next one.
        DropFirst_NeedsLock();
        _live = false;
    }

    private void DropFirst_NeedsLock()
    {
        foreach (VideoFragment fragment in _gops.First!.Value) _bytes -= fragment.Bytes.Length;
        _gops.RemoveFirst();
    }
}
