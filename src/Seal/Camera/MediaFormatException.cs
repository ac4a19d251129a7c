namespace Cinnabar.Seal.Camera;

/// <summary>Bytes from the encoder that break the rule named in the message; the encoder is restarted, nothing is guessed.</summary>
internal sealed class MediaFormatException(string rule, long offset)
    : Exception($"{rule} (at byte {offset})")
{
    /// <summary>Where in the stream, or in the structure named by the rule.</summary>
    public long Offset { get; } = offset;
}
