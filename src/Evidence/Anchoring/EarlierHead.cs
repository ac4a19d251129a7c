using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Anchoring;

/// <summary>A checkpoint of a log before the one that a pack has, and how to get from it to that one.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Path">The consistency proof, RFC 9162 section 2.1.4.</param>
/// <remarks>Untrusted until <see cref="AnchorExcerpt.Holds"/>. Source: docs/formats/anchor.md, section 6.</remarks>
public sealed record EarlierHead(long Size, Digest Root, IReadOnlyList<Digest> Path)
{
    internal CborValue ToCbor() => CborValue.Array(
        CborValue.Integer(Size), CborValue.Bytes(Root), CborValue.Array([.. Path.Select(CborValue.Bytes)]));

    /// <exception cref="FormatException">Not [size, root, path].</exception>
    internal static EarlierHead FromCbor(CborValue value) => value.AsArray() is [var size, var root, var path] && size.AsInteger() >= 1
        ? new EarlierHead(size.AsInteger(), root.AsDigest(), [.. path.AsArray().Select(h => h.AsDigest())])
        : throw new FormatException("An earlier head is [size, root, path].");
}
