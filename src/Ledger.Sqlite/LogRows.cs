using System.Buffers.Binary;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>How keys of the tables are made.</summary>
internal static class LogRows
{
    private const int LevelShift = 56;

    /// <summary>Level in the top byte, index below: a level's tiles lie side by side. Trees end at 2^62 leaves, so 54 bits hold any index.</summary>
    public static long TilePlace(int level, long index) => ((long)level << LevelShift) | index;

    /// <summary>
    /// The first eight bytes of an entry's hash. A third of the room that the whole hash would take; who looks up compares the entry itself,
    /// so a chance or made collision costs a second read and nothing else.
    /// </summary>
    public static long IdPrefix(Digest id)
    {
        Span<byte> bytes = stackalloc byte[Digest.LengthBytes];
        id.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
