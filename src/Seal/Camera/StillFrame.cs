namespace Cinnabar.Seal.Camera;

/// <summary>One instant in three sizes, as it lies in the ring: the still, a small one, and gray for judging it.</summary>
/// <param name="StreamId">The encoder start.</param>
/// <param name="Captured">When the device had the first of the three in hand.</param>
/// <param name="Still">The picture.</param>
/// <param name="Thumb">The same, 320 wide.</param>
/// <param name="Gray"><see cref="FfmpegArguments.GrayWidth"/> × <see cref="FfmpegArguments.GrayHeight"/> luma bytes.</param>
internal sealed record StillFrame(uint StreamId, CaptureTime Captured, JpegPicture Still, JpegPicture Thumb, ReadOnlyMemory<byte> Gray);
