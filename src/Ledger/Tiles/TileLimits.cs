using Cinnabar.Evidence.Checkpoints;

namespace Cinnabar.Ledger.Tiles;

/// <summary>The most bytes that an honest answer can have, and how a part is cut out of a longer tile.</summary>
internal static class TileLimits
{
    public static int LengthMax(TilePath path) => path.Kind switch
    {
        TileKind.Checkpoint => SignedNote.LengthMax,
        TileKind.Hashes => path.Width * Evidence.Digest.LengthBytes,
        _ => path.Width * (sizeof(ushort) + CourtLogOptions.EntryLengthMax),
    };

    /// <summary>The same place in full, from which a part can be cut when the part itself is gone.</summary>
    public static TilePath Full(TilePath part) =>
        part.Kind == TileKind.Hashes ? TilePath.Hashes(part.Level, part.Index) : TilePath.Entries(part.Index);

    /// <summary>The first entries or hashes of a full tile. Null when it is broken.</summary>
    public static ReadOnlyMemory<byte>? Cut(ReadOnlyMemory<byte> full, TilePath part)
    {
        if (part.Kind == TileKind.Hashes && full.Length == TlogTiles.TileLengthMax)
        {
            return full[..(part.Width * Evidence.Digest.LengthBytes)];
        }
        if (part.Kind == TileKind.Entries && EntryBundle.TryDecode(full, TlogTiles.WidthMax, out var entries))
        {
            return full[..entries.Take(part.Width).Sum(entry => sizeof(ushort) + entry.Length)];
        }
        return null;
    }
}
