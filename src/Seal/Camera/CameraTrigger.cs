namespace Cinnabar.Seal.Camera;

/// <summary>What a trigger set going. Every task completes by itself, none of them ever fails.</summary>
/// <param name="Timestamp">The trigger, monotonic.</param>
/// <param name="WasPowered">False when the camera had to be switched on: then <paramref name="FirstFrame"/> is the cold start.</param>
/// <param name="FirstFrame">Time from the trigger to the first video frame after it; null when the camera was switched off before one came.</param>
/// <param name="Thumbnail">At most 20 kB (unless every frame is pure colour noise), from what was there at the trigger or else the first frame to come; null when the window passed without one.</param>
/// <param name="Stills">The best pictures, when the window closed three seconds after the trigger.</param>
internal sealed record CameraTrigger(
    long Timestamp, bool WasPowered, Task<TimeSpan?> FirstFrame, Task<Still?> Thumbnail, Task<StillSet> Stills);
