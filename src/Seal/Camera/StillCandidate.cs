namespace Cinnabar.Seal.Camera;

/// <summary>What the chooser sees of a frame.</summary>
/// <param name="OffsetMs">Milliseconds from the trigger.</param>
/// <param name="Gray">Luma bytes, <see cref="FfmpegArguments.GrayWidth"/> × <see cref="FfmpegArguments.GrayHeight"/>.</param>
internal readonly record struct StillCandidate(int OffsetMs, ReadOnlyMemory<byte> Gray);
