namespace Cinnabar.Seal.Camera;

/// <summary>A snapshot of the camera's state.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Reason">One line for the officer when <see cref="CameraState.Failed"/> or <see cref="CameraState.Blind"/>; never holds a password.</param>
/// <param name="StreamId">The encoder start the state belongs to; 0 before the first.</param>
/// <param name="Restarts">Encoder ends that nobody asked for, since the program started.</param>
/// <param name="Since">When this state began.</param>
internal sealed record CameraHealth(CameraState State, string? Reason, uint StreamId, int Restarts, CaptureTime Since);
