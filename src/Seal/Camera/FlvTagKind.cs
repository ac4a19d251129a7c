namespace Cinnabar.Seal.Camera;

/// <summary>What a tag of the camera's FLV stream carries.</summary>
internal enum FlvTagKind
{
    /// <summary>The AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1).</summary>
    Configuration,

    /// <summary>One picture as length-prefixed NAL units.</summary>
    Frame,
}
