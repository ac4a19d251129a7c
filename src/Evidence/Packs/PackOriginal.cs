namespace Cinnabar.Evidence.Packs;

/// <summary>Large data that goes into a pack.</summary>
/// <param name="Open">Opens the data; called twice, the stream is disposed. Both times it must give the same bytes.</param>
/// <param name="Extension">jpg, mp4, pdf or bin.</param>
/// <param name="Parts">For a clip: the lengths of init segment and fragments, in order, of which the data is the concatenation. Null for data that is hashed whole.</param>
public sealed record PackOriginal(Func<Stream> Open, string Extension, IReadOnlyList<long>? Parts = null)
{
    /// <summary>Data that is in memory.</summary>
    public static PackOriginal Of(byte[] data, string extension, IReadOnlyList<long>? parts = null) =>
        new(() => new MemoryStream(data, writable: false), extension, parts);
}
