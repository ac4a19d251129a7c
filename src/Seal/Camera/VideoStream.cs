namespace Cinnabar.Seal.Camera;

/// <summary>One start of the encoder: everything its fragments share. Compared by reference.</summary>
internal sealed class VideoStream
{
    internal VideoStream(uint id, AvcConfiguration avc, CaptureTime captured)
    {
        Id = id;
        Codec = avc.Codec;
        Width = avc.Width;
        Height = avc.Height;
        ReorderingRewritten = avc.ReorderingRewritten;
        Init = VideoFragment.Cut(this, 0, isSync: false, captured, InitSegment.Write(avc));
    }

    /// <summary>Counts encoder starts of this boot from 1; unique together with the device's boot id.</summary>
    internal uint Id { get; }

    /// <summary>RFC 6381 codec string for the player.</summary>
    internal string Codec { get; }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>See <see cref="AvcConfiguration.ReorderingRewritten"/>.</summary>
    internal bool ReorderingRewritten { get; }

    /// <summary>ftyp and moov; a player needs it before any other fragment of this stream.</summary>
    internal VideoFragment Init { get; }
}
