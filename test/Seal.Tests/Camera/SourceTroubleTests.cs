using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>What no stand-in brings about; the rest is said by the real ffmpeg in the tests of the two kinds of camera.</summary>
public sealed class SourceTroubleTests
{
    [Theory]
    [InlineData("[rtsp @ 0x5581] method DESCRIBE failed: 403 Forbidden", "the camera's account may not see this stream")]
    [InlineData("[video4linux2,v4l2 @ 0x5581] ioctl(VIDIOC_REQBUFS): Device or resource busy", "another program holds the camera")]
    [InlineData("[video4linux2,v4l2 @ 0x5581] Cannot open video device /dev/video0: Permission denied", "the seal may not open")]
    [InlineData("[video4linux2,v4l2 @ 0x5581] Not a video capture device.", "the node in camera.source takes no pictures")]
    [InlineData("[tcp @ 0x5581] Failed to resolve hostname camera: Name or service not known", "the name of the camera is not known")]
    public void KnownTrouble_IsToldByItsMeaningAndFfmpegsOwnWords(string said, string meaning)
    {
        string told = SourceTrouble.Tell(1, ["older", said]);

        Assert.StartsWith(meaning, told, StringComparison.Ordinal);
        Assert.EndsWith($"(ffmpeg ended with code 1: older | {said})", told, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTrouble_IsToldInFfmpegsWordsAlone() =>
        Assert.Equal("ffmpeg ended with code 1: never seen", SourceTrouble.Tell(1, ["never seen"]));

    [Fact]
    public void EndWithoutTrouble_IsToldAsTheSourcesOwnAndItsIdleWarningsAreLeftOut() => Assert.Equal(
        "the source ended the stream (ffmpeg ended with code 0)",
        SourceTrouble.Tell(0, ["[rtsp @ 0x5581] Stream #0: not enough frames to estimate rate; consider increasing probesize"]));
}
