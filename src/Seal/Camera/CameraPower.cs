namespace Cinnabar.Seal.Camera;

/// <summary>When the camera draws power.</summary>
internal enum CameraPower
{
    /// <summary>From start to legal end: the ring holds what happened before a trigger.</summary>
    Always,

    /// <summary>From a trigger until <see cref="CameraOptions.HoldAfterTrigger"/> passed; the cold start is measured.</summary>
    OnTrigger,
}
