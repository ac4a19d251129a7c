namespace Cinnabar.Seal.Camera;

/// <summary>One whole JPEG and its size in pixels.</summary>
internal sealed record JpegPicture(ReadOnlyMemory<byte> Bytes, int Width, int Height);
