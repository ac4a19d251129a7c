namespace Cinnabar.Seal.Camera;

/// <summary>Frozen video of one encoder start: init and fragments, beginning with an IDR frame; together a valid MP4.</summary>
/// <param name="Stream">The encoder start.</param>
/// <param name="Fragments">Frames without a gap, the first one sync. Never empty.</param>
internal sealed record VideoClip(VideoStream Stream, IReadOnlyList<VideoFragment> Fragments)
{
    /// <summary>The MP4: init and every fragment in order.</summary>
    internal byte[] ToArray()
    {
        int size = Stream.Init.Bytes.Length;
        foreach (VideoFragment fragment in Fragments) size += fragment.Bytes.Length;
        byte[] file = new byte[size];
        Stream.Init.Bytes.Span.CopyTo(file);
        int at = Stream.Init.Bytes.Length;
        foreach (VideoFragment fragment in Fragments)
        {
            fragment.Bytes.Span.CopyTo(file.AsSpan(at));
            at += fragment.Bytes.Length;
        }
        return file;
    }
}
