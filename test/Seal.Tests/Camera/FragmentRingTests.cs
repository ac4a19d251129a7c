using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class FragmentRingTests
{
    private const long Plenty = 64 * 1024 * 1024;

    [Fact]
    public void LongStream_KeepsTheSpanFromAKeyframeAndNoMoreThanOneGopOver()
    {
        FragmentRing ring = Filled(Recording.Fragments(), 20, Plenty);

        Assert.InRange(ring.Held, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21.1));
        Assert.True(Assert.Single(ring.Freeze(Recording.Ticks(24_000))).Fragments[0].IsSync);
    }

    [Fact]
    public void FrozenClip_BeginsAtTheKeyframeTenSecondsBeforeAndDecodes()
    {
        FragmentRing ring = Filled(Recording.Fragments(), 20, Plenty);
        long trigger = Recording.Ticks(24_500);

        VideoClip clip = Assert.Single(ring.Freeze(trigger));

        Assert.True(clip.Fragments[0].IsSync);
        Assert.InRange(clip.Fragments[0].Captured.Monotonic, Recording.Ticks(13_500), Recording.Ticks(14_500));
        Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray()));
    }

    [Fact]
    public void InstantBetweenTwoGops_IsCoveredByTheEarlier()
    {
        FragmentRing ring = Filled(Recording.Fragments(), 20, Plenty);
        // 10 s before lies between the last frame of one second and the keyframe of the next.
        VideoFragment key = Recording.Fragments().Last(f => f.IsSync && f.Captured.Monotonic < Recording.Ticks(15_000));
        VideoClip clip = Assert.Single(ring.Freeze(key.Captured.Monotonic - 1 + Recording.Ticks(10_000)));

        Assert.Equal(key.Index - 15, clip.Fragments[0].Index);
    }

    [Fact]
    public void ByteLimit_DropsWholeGopsFromTheFront()
    {
        FragmentRing ring = Filled(Recording.Fragments(), 20, 500_000);

        Assert.InRange(ring.Bytes, 1, 500_000);
        Assert.True(ring.Freeze(0)[0].Fragments[0].IsSync);
    }

    [Fact]
    public void EncoderWithoutKeyframes_NeverExceedsTheBytesAndStartsAtTheNextKeyframe()
    {
        IReadOnlyList<VideoFragment> source = Recording.Fragments();
        FragmentRing ring = new(TimeProvider.System, TimeSpan.FromSeconds(20), 100_000);
        ring.Add(source[0]);
        for (uint i = 2; i < 2000; i++)
        {
            ring.Add(source[1] with { Index = i });
            Assert.InRange(ring.Bytes, 0, 100_000);
        }
        Assert.Empty(ring.Freeze(0));

        ring.Add(source[15]);
        Assert.Equal(source[15], Assert.Single(Assert.Single(ring.Freeze(0)).Fragments));
    }

    [Fact]
    public void FragmentAfterAGap_IsLeftOutUntilTheNextKeyframe()
    {
        IReadOnlyList<VideoFragment> source = Recording.Fragments();
        FragmentRing ring = Filled([source[0], source[1], source[3], source[4], source[15]], 20, Plenty);

        Assert.Equal([1u, 2u, 16u], Assert.Single(ring.Freeze(0)).Fragments.Select(f => f.Index));
    }

    [Fact]
    public void RestartInsideTheWindow_GivesOneValidClipPerStream()
    {
        IReadOnlyList<VideoFragment> first = Recording.Fragments(1), second = Recording.Fragments(2, startMs: 26_000);
        FragmentRing ring = Filled([.. first, .. second.Take(60)], 20, Plenty);

        IReadOnlyList<VideoClip> clips = ring.Freeze(Recording.Ticks(29_000));

        Assert.Equal([1u, 2u], clips.Select(c => c.Stream.Id));
        Assert.All(clips, clip => Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray())));
    }

    [Fact]
    public void StreamThatEndedLongBefore_IsNotPartOfAClip()
    {
        FragmentRing ring = Filled(Recording.Fragments(), 20, Plenty);
        ring.EndStream();

        Assert.Empty(ring.Freeze(Recording.Ticks(60_000)));
        Assert.Empty(ring.CurrentGop());
    }

    private static FragmentRing Filled(IReadOnlyList<VideoFragment> fragments, int seconds, long bytesMax)
    {
        FragmentRing ring = new(TimeProvider.System, TimeSpan.FromSeconds(seconds), bytesMax);
        foreach (VideoFragment fragment in fragments) ring.Add(fragment);
        return ring;
    }
}
