namespace Cinnabar.Seal.Camera;

/// <summary>Puts fragments into the ring and before every live viewer; a joiner starts with the current GOP and misses nothing. Thread safe.</summary>
internal sealed class LiveFeed(FragmentRing ring, int queueMax)
{
    /// <summary>Bytes a viewer may leave unread (monitoring.md 4c.7).</summary>
    internal const int QueueBytesMax = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<LiveSubscription> _viewers = [];

    /// <summary>Publishes one fragment; never waits for a viewer.</summary>
    internal void Publish(VideoFragment fragment)
    {
        lock (_gate)
        {
            ring.Add(fragment);
            foreach (LiveSubscription viewer in _viewers) viewer.Offer(fragment);
        }
    }

    /// <summary>Joins. The viewer gets the init segment and the current GOP at once, or waits for the next keyframe.</summary>
    internal LiveSubscription Subscribe()
    {
        lock (_gate)
        {
            LiveSubscription viewer = new(queueMax, QueueBytesMax, Leave);
            foreach (VideoFragment fragment in ring.CurrentGop()) viewer.Offer(fragment);
            _viewers.Add(viewer);
            return viewer;
        }
    }

    private void Leave(LiveSubscription viewer)
    {
        lock (_gate) _viewers.Remove(viewer);
    }
}
