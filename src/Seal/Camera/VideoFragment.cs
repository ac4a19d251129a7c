using System.Security.Cryptography;

namespace Cinnabar.Seal.Camera;

/// <summary>One message to a player: an init segment, or one moof and mdat holding one frame. Immutable.</summary>
/// <param name="Stream">The encoder start it belongs to.</param>
/// <param name="Index">0 for the init segment; frames count from 1 without a gap.</param>
/// <param name="IsSync">True for an IDR frame: decoding can start here.</param>
/// <param name="Captured">When the device had it in hand.</param>
/// <param name="Bytes">The bytes exactly as sent, stored and hashed.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Bytes"/>, taken as the fragment was cut.</param>
internal sealed record VideoFragment(
    VideoStream Stream, uint Index, bool IsSync, CaptureTime Captured, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Sha256)
{
    internal bool IsInit => Index == 0;

    internal static VideoFragment Cut(VideoStream stream, uint index, bool isSync, CaptureTime captured, byte[] bytes) =>
        new(stream, index, isSync, captured, bytes, SHA256.HashData(bytes));
}
