namespace Cinnabar.Seal.Camera;

/// <summary>Tells a camera that sees nothing: covered, sprayed over, or in full darkness. Pure; feed it every gray frame.</summary>
internal sealed class BlindDetector(int framesNeeded)
{
    // Ten-odd gray levels of spread are left of the dimmest real scene; a hand, tape or paint leaves one or two.
    private const double ContrastMin = 4;

    private int _evenFrames;

    /// <summary>True once <c>framesNeeded</c> frames in a row showed one even surface.</summary>
    internal bool IsBlind(ReadOnlySpan<byte> gray)
    {
        _evenFrames = GrayPicture.Contrast(gray) < ContrastMin ? Math.Min(_evenFrames + 1, framesNeeded) : 0;
        return _evenFrames >= framesNeeded;
    }
}
