using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Packs;

/// <summary>A file as the manifest lists it.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Parts">Lengths of the parts of a clip, first the init segment; null for a file that is hashed whole.</param>
/// <param name="By">The statements that vouch for an original, in bytewise order of their hashes; null for other files.</param>
public sealed record PackManifestFile(PackPath Path, long Size, Digest Hash, IReadOnlyList<long>? Parts, IReadOnlyList<Digest>? By)
{
    /// <exception cref="FormatException">The map is not a file's, or contradicts itself.</exception>
    internal static PackManifestFile FromCbor(CborValue map)
    {
        var text = map["path"].AsText();
        var size = map["size"].AsInteger();
        var hash = map["sha256"].AsDigest();
        if (!PackPath.TryParse(text, out var path) || text == PackPath.Manifest || size is < 0 or > uint.MaxValue)
        {
            throw new FormatException($"\"{text}\" is no file that a manifest lists.");
        }

        var parts = map.TryGet("parts", out var p) ? p.AsArray().Select(v => v.AsInteger()).ToArray() : null;
        var by = map.TryGet("by", out var b) ? b.AsArray().Select(v => v.AsDigest()).ToArray() : null;
        var known = 3 + (parts is null ? 0 : 1) + (by is null ? 0 : 1);
        if (map.AsMap().Count != known || (path.Kind == PackFileKind.Original ? by is null or [] : parts is not null || by is not null))
        {
            throw new FormatException($"{text} has keys too many or too few.");
        }

        // Receipts bear the name of their statement, not their own.
        if (path.Kind is PackFileKind.Statement or PackFileKind.Original && path.Hash != hash)
        {
            throw new FormatException($"{text} is listed under the hash {hash}.");
        }

        if (parts is not null && (parts.Length < 2 || parts.Any(l => l < 1 || l > size) || parts.Sum() != size))
        {
            throw new FormatException($"The parts of {text} do not sum up to {size} bytes.");
        }

        return new PackManifestFile(path, size, hash, parts, by);
    }

    internal CborValue ToCbor() => CborValue.Map(
        ("path", CborValue.Text(Path.Text)),
        ("size", CborValue.Integer(Size)),
        ("sha256", CborValue.Bytes(Hash)),
        ("parts", Parts is null ? null : CborValue.Array([.. Parts.Select(CborValue.Integer)])),
        ("by", By is null ? null : CborValue.Array([.. By.Select(CborValue.Bytes)])));
}
