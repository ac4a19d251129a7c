using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Packs;

/// <summary>Which hashes of large data a statement vouches for. Source: docs/formats/kinds.md.</summary>
public static class Vouching
{
    /// <summary>The hashes, a manifest's init segment first and then its fragments in order; none for most kinds.</summary>
    public static IReadOnlyList<Digest> HashesOf(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        List<Digest> hashes = [];
        if (statement.Data is not null)
        {
            hashes.Add(statement.Data.Digest);
        }

        switch (statement.Kind)
        {
            case "media.manifest":
                Add(hashes, statement.Body, "init");
                hashes.AddRange(FragmentsOf(statement));
                break;
            case "order.issued" when statement.Body.TryGet("ruling", out var ruling) && ruling.Kind == CborKind.Map:
                Add(hashes, ruling, "hash");
                break;
            case "order.installed":
                Add(hashes, statement.Body, "photo");
                break;
        }

        return hashes;
    }

    /// <summary>The fragments of a <c>media.manifest</c> in order; none when it lists none in the form of docs/formats/kinds.md.</summary>
    public static IReadOnlyList<Digest> FragmentsOf(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Kind == "media.manifest" && statement.Body.TryGet("fragments", out var list) && list.Kind == CborKind.Array
            && list.AsArray().All(IsHash)
            ? [.. list.AsArray().Select(v => v.AsDigest())]
            : [];
    }

    /// <summary>The init segment that a <c>media.manifest</c> names, or null.</summary>
    public static Digest? InitOf(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Kind == "media.manifest" && statement.Body.TryGet("init", out var init) && IsHash(init) ? init.AsDigest() : null;
    }

    private static void Add(List<Digest> hashes, CborValue map, string key)
    {
        if (map.TryGet(key, out var value) && IsHash(value))
        {
            hashes.Add(value.AsDigest());
        }
    }

    private static bool IsHash(CborValue value) => value.Kind == CborKind.Bytes && value.AsBytes().Length == Digest.LengthBytes;
}
