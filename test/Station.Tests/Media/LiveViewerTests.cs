using Cinnabar.Station.Media;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Media;

/// <summary>A viewer that takes nothing for a while: what it gets when it takes again.</summary>
public sealed class LiveViewerTests
{
    private readonly LiveViewer _viewer = new(framesMax: 3);

    [Fact]
    public void SlowViewer_DropsToTheNextKeyFrame_AndIsToldHowMany()
    {
        Offer(1, FragmentMarks.Sync);
        Offer(2);
        Offer(3);
        Offer(4);
        Assert.Equal(["1", "2", "3"], Take(3));

        // Frame 5 needs frame 4, which was dropped.
        Offer(5);
        Offer(6, FragmentMarks.Sync);
        Offer(7);

        Assert.Equal(["""{"type":"lag","dropped":2}""", "6", "7"], Take(3));
    }

    [Fact]
    public void KeyFrame_IsDroppedAsWell_WhileTheQueueIsFull()
    {
        Offer(1, FragmentMarks.Sync);
        Offer(2);
        Offer(3);
        Offer(4, FragmentMarks.Sync);
        Take(3);
        Offer(5);
        Offer(6, FragmentMarks.Sync);

        Assert.Equal(["""{"type":"lag","dropped":2}""", "6"], Take(2));
    }

    [Fact]
    public void BeginningOfAStream_IsNeverDropped()
    {
        for (byte i = 1; i <= 4; i++)
        {
            Offer(i, FragmentMarks.Sync);
        }

        Offer(9, FragmentMarks.Init);

        Assert.Equal(["1", "2", "3", "9"], Take(4));
    }

    [Fact]
    public void ViewerThatTakesNothingAtAll_IsGivenUp()
    {
        for (byte i = 0; i < 20; i++)
        {
            Offer(i, FragmentMarks.Init);
        }

        Take(12);
        Assert.False(_viewer.Items.TryRead(out _));
        Assert.True(_viewer.Items.Completion.IsCompleted);
    }

    private void Offer(byte number, FragmentMarks marks = FragmentMarks.None) => _viewer.Offer(new[] { number }, marks);

    private List<string> Take(int count)
    {
        List<string> taken = [];
        while (taken.Count < count && _viewer.Items.TryRead(out var item))
        {
            _viewer.Taken();
            taken.Add(item.Json ?? $"{item.Data.Span[0]}");
        }

        return taken;
    }
}
