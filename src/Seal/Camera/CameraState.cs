namespace Cinnabar.Seal.Camera;

/// <summary>What the camera is doing; failures are told as a state and never thrown at the caller.</summary>
internal enum CameraState
{
    /// <summary>Not powered: waiting for a trigger, or stopped because the legal basis ended.</summary>
    Off,

    /// <summary>The encoder was started; no frame has come yet.</summary>
    Starting,

    /// <summary>Frames arrive and show something.</summary>
    Running,

    /// <summary>Frames arrive but show nothing: covered, sprayed over or in full darkness. An alarm for the caller to raise.</summary>
    Blind,

    /// <summary>No frames, for the reason given; retried with back-off until the power is taken away.</summary>
    Failed,
}
