using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class StillChooserTests
{
    private static readonly byte[] Door = Scene(figureAt: null);
    private static readonly byte[] Figure = Scene(figureAt: 60);
    private static readonly byte[] Blurred = Blur(Figure);

    [Fact]
    public void SharpFrameWithTheFigure_BeatsBlurredAndEmptyOnes()
    {
        StillCandidate[] frames = [.. Before(), new(-400, Door), new(0, Blurred), new(800, Figure), new(1600, Blurred), new(2400, Door)];

        IReadOnlyList<int> chosen = StillChooser.Choose(frames);

        Assert.Equal(800, frames[chosen[0]].OffsetMs);
        Assert.Equal([0, 1600], chosen.Skip(1).Select(i => frames[i].OffsetMs));
    }

    [Fact]
    public void EmptyButSharperDoor_LosesToTheFigure()
    {
        Assert.True(GrayPicture.Sharpness(Door) > GrayPicture.Sharpness(Blurred));
        StillCandidate[] frames = [.. Before(), new(0, Door), new(500, Blurred)];

        Assert.Equal(500, frames[StillChooser.Choose(frames)[0]].OffsetMs);
    }

    [Fact]
    public void FramesOutsideTheWindow_AreNeverChosen()
    {
        StillCandidate[] frames = [.. Before(), new(-2001, Figure), new(3001, Figure), new(3000, Door)];

        Assert.Equal([3000], StillChooser.Choose(frames).Select(i => frames[i].OffsetMs));
    }

    [Fact]
    public void ChosenFrames_AreAtLeast400MsApartAndAtMostThree()
    {
        StillCandidate[] frames = [.. Before(), .. Enumerable.Range(0, 25).Select(i => new StillCandidate(i * 100, Scene(30 + i)))];

        int[] offsets = [.. StillChooser.Choose(frames).Select(i => frames[i].OffsetMs).Order()];

        Assert.Equal(3, offsets.Length);
        Assert.All(offsets.Zip(offsets.Skip(1)), p => Assert.True(p.Second - p.First >= StillChooser.SpacingMs));
    }

    [Fact]
    public void ColdStartWithoutAScene_GoesBySharpness()
    {
        StillCandidate[] frames = [new(100, Blurred), new(600, Figure)];

        Assert.Equal([600, 100], StillChooser.Choose(frames).Select(i => frames[i].OffsetMs));
    }

    [Fact]
    public void EqualFrames_GiveTheOneNearestTheTriggerThenTheEarlier()
    {
        StillCandidate[] frames = [new(900, Figure), new(300, Figure), new(-300, Figure)];

        Assert.Equal(-300, frames[StillChooser.Rank(frames)[0]].OffsetMs);
    }

    [Fact]
    public void NoFrames_GiveNoChoice() => Assert.Empty(StillChooser.Choose([]));

    [Fact]
    public void CoveredLens_IsBlindAfterEnoughFramesAndSeesAgainAtOnce()
    {
        byte[] dark = [.. Enumerable.Range(0, GrayPicture.Bytes).Select(i => (byte)(16 + (i % 3)))];
        BlindDetector detector = new(3);

        Assert.Equal([false, false, true, true], Enumerable.Range(0, 4).Select(_ => detector.IsBlind(dark)));
        Assert.False(detector.IsBlind(Door));
        Assert.False(detector.IsBlind(dark));
    }

    private static IEnumerable<StillCandidate> Before() => Enumerable.Range(0, 9).Select(i => new StillCandidate(-4000 + (i * 200), Door));

    // A door with panel lines and handle; the figure is a textured block before it.
    private static byte[] Scene(int? figureAt)
    {
        byte[] gray = new byte[GrayPicture.Bytes];
        for (int y = 0; y < GrayPicture.Height; y++)
        {
            for (int x = 0; x < GrayPicture.Width; x++)
            {
                int level = x % 40 < 2 || y % 30 < 2 ? 60 : 140;
                if (figureAt is { } at && x >= at && x < at + 30 && y > 20) level = ((x - at) / 3 + (y / 3)) % 2 == 0 ? 30 : 220;
                gray[(y * GrayPicture.Width) + x] = (byte)level;
            }
        }
        return gray;
    }

    private static byte[] Blur(byte[] gray)
    {
        byte[] blurred = new byte[gray.Length];
        for (int y = 0; y < GrayPicture.Height; y++)
        {
            for (int x = 0; x < GrayPicture.Width; x++)
            {
                int sum = 0, count = 0;
                for (int dy = -4; dy <= 4; dy++)
                {
                    for (int dx = -4; dx <= 4; dx++)
                    {
                        if (y + dy is < 0 or >= GrayPicture.Height || x + dx is < 0 or >= GrayPicture.Width) continue;
                        sum += gray[((y + dy) * GrayPicture.Width) + x + dx];
                        count++;
                    }
                }
                blurred[(y * GrayPicture.Width) + x] = (byte)(sum / count);
            }
        }
        return blurred;
    }
}
