using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class LiveFeedTests
{
    private readonly FragmentRing _ring = new(TimeProvider.System, TimeSpan.FromSeconds(20), 64 * 1024 * 1024);
    private readonly IReadOnlyList<VideoFragment> _source = Recording.Fragments();

    [Fact]
    public void LateJoiner_GetsInitAndTheCurrentGopAndThenEveryFrame()
    {
        LiveFeed feed = new(_ring, 64);
        foreach (VideoFragment fragment in _source.Take(20)) feed.Publish(fragment);
        using LiveSubscription viewer = feed.Subscribe();
        feed.Publish(_source[20]);

        Assert.Equal([0u, 16u, 17u, 18u, 19u, 20u, 21u], Drain(viewer).Select(f => f.Index));
        Assert.Equal(0, viewer.Dropped);
    }

    [Fact]
    public void JoinerBeforeTheFirstFrame_StartsAtTheKeyframe()
    {
        LiveFeed feed = new(_ring, 64);
        using LiveSubscription viewer = feed.Subscribe();
        feed.Publish(_source[0].Stream.Init);
        feed.Publish(_source[0]);

        Assert.Equal([0u, 1u], Drain(viewer).Select(f => f.Index));
    }

    [Fact]
    public void SlowViewer_DropsToTheNextKeyframeCountsItAndStillDecodes()
    {
        LiveFeed feed = new(_ring, 10);
        using LiveSubscription viewer = feed.Subscribe();
        foreach (VideoFragment fragment in _source.Take(20)) feed.Publish(fragment);
        List<VideoFragment> got = [.. Drain(viewer)];
        foreach (VideoFragment fragment in _source.Skip(20).Take(15)) feed.Publish(fragment);
        got.AddRange(Drain(viewer));

        VideoFragment[] frames = [.. got.Where(f => !f.IsInit)];
        Assert.True(got[0].IsInit);
        Assert.Equal(35 - frames.Length, viewer.Dropped);
        Assert.All(frames.Zip(frames.Skip(1)), p => Assert.True(p.Second.IsSync || p.Second.Index == p.First.Index + 1));
        Assert.Equal(frames.Length, Ffmpeg.CountFrames(new VideoClip(got[0].Stream, frames).ToArray()));
    }

    [Fact]
    public void ViewerThatNeverReads_HoldsABoundedQueueThatStartsWithInitAndKeyframe()
    {
        LiveFeed feed = new(_ring, 10);
        using LiveSubscription viewer = feed.Subscribe();
        foreach (VideoFragment fragment in _source) feed.Publish(fragment);

        VideoFragment[] waiting = [.. Drain(viewer)];
        Assert.InRange(waiting.Length, 2, 10);
        Assert.True(waiting[0].IsInit);
        Assert.True(waiting[1].IsSync);
        Assert.Equal(Recording.Frames, viewer.Dropped + waiting.Length - 1);
    }

    [Fact]
    public void NewStream_IsAnnouncedByItsOwnInit()
    {
        LiveFeed feed = new(_ring, 64);
        using LiveSubscription viewer = feed.Subscribe();
        feed.Publish(_source[0]);
        feed.Publish(Recording.Fragments(2)[0]);

        Assert.Equal([(1u, 0u), (1u, 1u), (2u, 0u), (2u, 1u)], Drain(viewer).Select(f => (f.Stream.Id, f.Index)));
    }

    [Fact]
    public void ViewerWhoLeft_GetsNothingMore()
    {
        LiveFeed feed = new(_ring, 64);
        LiveSubscription viewer = feed.Subscribe();
        viewer.Dispose();
        feed.Publish(_source[0]);

        Assert.Empty(Drain(viewer));
    }

    private static IEnumerable<VideoFragment> Drain(LiveSubscription viewer)
    {
        while (viewer.TryRead(out VideoFragment? fragment)) yield return fragment;
    }
}
