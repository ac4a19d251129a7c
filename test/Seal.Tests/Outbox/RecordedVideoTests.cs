using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Outbox;
using Cinnabar.Seal.Tests.Camera;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.Outbox;

public sealed class RecordedVideoTests
{
    private static readonly IReadOnlyList<VideoFragment> s_source = Recording.Fragments();

    [Fact]
    public void Fragments_AreTakenInOrder_OnceAConnection_AndHeldUntilConfirmed()
    {
        var video = Holding(6);
        Assert.Equal([1u, 2u, 3u, 4u, 5u, 6u], TakeAll(video));
        Assert.Empty(TakeAll(video));
        video.Kept(1, 2, 4);
        Assert.Equal(3, video.Held);
        video.SendAgain();
        Assert.Equal([1u, 5u, 6u], TakeAll(video));
    }

    [Fact]
    public void NewFragmentBehindTheBacklog_IsSentAfterIt()
    {
        var video = Holding(3);
        TakeAll(video);
        video.SendAgain();
        video.Add(s_source[3]);
        Assert.Equal([1u, 2u, 3u, 4u], TakeAll(video));
    }

    [Fact]
    public void ConfirmationOfWhatWasNotSent_IsNone()
    {
        var video = Holding(4);
        video.TryTake(out _);
        video.Kept(1, 1, 4);
        Assert.Equal([2u, 3u, 4u], TakeAll(video));
    }

    [Fact]
    public void ConfirmationOfAnotherStream_IsNone()
    {
        var video = Holding(2);
        TakeAll(video);
        video.Kept(2, 1, 2);
        Assert.Equal(2, video.Held);
    }

    [Fact]
    public void FullMemory_GivesUpTheOldestUpToTheNextKeyFrame_AndSaysWhich()
    {
        var video = Holding(40, Bytes(40));
        video.Add(s_source[40]);

        Assert.Equal([new DroppedVideo(1, 1, 15)], video.TakeDropped());
        Assert.Empty(video.TakeDropped());
        Assert.Equal(Enumerable.Range(16, 26).Select(i => (uint)i), TakeAll(video));
    }

    [Fact]
    public void WhatWasSentAndNeverConfirmed_IsGivenUpLikewise_AndTheRestGoesOn()
    {
        var video = Holding(40, Bytes(40));
        Assert.Equal(40, TakeAll(video).Length);
        video.Add(s_source[40]);

        Assert.Equal([41u], TakeAll(video));
        Assert.Equal([new DroppedVideo(1, 1, 15)], video.TakeDropped());
    }

    [Fact]
    public void ConfirmationThatEndsBeforeItBegins_IsMalformed()
    {
        Assert.Equal(new FragmentsKeptMessage(7, 3, 3), UplinkMessage.Decode(new FragmentsKeptMessage(7, 3, 3).Encode()));
        Assert.Throws<FormatException>(() => UplinkMessage.Decode(new FragmentsKeptMessage(7, 4, 3).Encode()));
    }

    private static long Bytes(int count) => s_source.Take(count).Sum(fragment => (long)fragment.Bytes.Length);

    private static RecordedVideo Holding(int count, long bytesMax = long.MaxValue)
    {
        var video = new RecordedVideo(bytesMax);
        foreach (var fragment in s_source.Take(count))
        {
            video.Add(fragment);
        }

        return video;
    }

    private static uint[] TakeAll(RecordedVideo video)
    {
        var taken = new List<uint>();
        while (video.TryTake(out var fragment))
        {
            taken.Add(fragment.Index);
        }

        return [.. taken];
    }
}
