namespace Cinnabar.Seal.Camera;

/// <summary>One tag of the video stream.</summary>
/// <param name="Kind">Configuration or frame.</param>
/// <param name="TimestampMs">Decoding time in milliseconds; wraps after 49.7 days.</param>
/// <param name="CompositionMs">Presentation minus decoding time.</param>
/// <param name="IsKey">True for an IDR picture.</param>
/// <param name="Data">A copy of the payload, owned by the receiver.</param>
internal sealed record FlvTag(FlvTagKind Kind, uint TimestampMs, int CompositionMs, bool IsKey, ReadOnlyMemory<byte> Data);
