namespace Cinnabar.Seal.Camera;

/// <summary>A chosen picture.</summary>
/// <param name="OffsetMs">Milliseconds from the trigger; negative before it.</param>
/// <param name="Captured">When the device had it in hand.</param>
/// <param name="StreamId">The encoder start it comes from.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Jpeg">The picture.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Jpeg"/>.</param>
internal sealed record Still(
    int OffsetMs, CaptureTime Captured, uint StreamId, int Width, int Height, ReadOnlyMemory<byte> Jpeg, ReadOnlyMemory<byte> Sha256);
