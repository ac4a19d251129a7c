namespace Cinnabar.Seal.Camera;

/// <summary>Where an encoder's output goes. None may block: ffmpeg waits for whoever reads it.</summary>
/// <param name="OnFragment">Every fragment, an init segment first.</param>
/// <param name="OnStill">Every still frame, from another thread.</param>
/// <param name="OnStreamEnd">After the last fragment of an encoder start.</param>
/// <param name="OnPowerOff">When no further encoder will start for now.</param>
internal sealed record EncoderSinks(
    Action<VideoFragment> OnFragment, Action<StillFrame> OnStill, Action OnStreamEnd, Action OnPowerOff);
