using System.Globalization;
using System.Text;

namespace Cinnabar.Ledger.Tiles;

/// <summary>One path below a log's prefix: <c>checkpoint</c>, <c>tile/L/N[.p/W]</c>, <c>tile/entries/N[.p/W]</c>. Pure.</summary>
/// <remarks>
/// N is written in groups of three digits, all but the last with an x before them: 1234067 is x001/x234/067.
/// Source: C2SP tlog-tiles, section "Merkle tree".
/// </remarks>
public readonly record struct TilePath
{
    private const string CheckpointName = "checkpoint";
    private const string TilePrefix = "tile/";
    private const string EntriesName = "entries";
    private const string PartialMark = ".p/";
    private const int LevelMax = 63;
    private const int GroupBase = 1000;

    // Longer input is refused before any arithmetic.
    private const int LengthMax = 64;

    private TilePath(TileKind kind, int level, long index, int width)
    {
        Kind = kind;
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>The path of the newest checkpoint.</summary>
    public static TilePath Checkpoint { get; }

    /// <summary>What the path names.</summary>
    public TileKind Kind { get; }

    /// <summary>Level of a tile of hashes, 0 to 63; 0 otherwise.</summary>
    public int Level { get; }

    /// <summary>Place of the tile or bundle within its level, from 0.</summary>
    public long Index { get; }

    /// <summary>Hashes or entries asked for: 256, or 1 to 255 for a part; 0 for the checkpoint.</summary>
    public int Width { get; }

    /// <summary>The path of a tile of hashes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Level, index or width is out of range.</exception>
    public static TilePath Hashes(int level, long index, int width = TlogTiles.WidthMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, LevelMax);
        CheckPlace(index, width);
        return new TilePath(TileKind.Hashes, level, index, width);
    }

    /// <summary>The path of a bundle of entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Index or width is out of range.</exception>
    public static TilePath Entries(long index, int width = TlogTiles.WidthMax)
    {
        CheckPlace(index, width);
        return new TilePath(TileKind.Entries, 0, index, width);
    }

    /// <summary>Reads a path strictly: the one form that <see cref="ToString"/> writes. No leading slash.</summary>
    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        if (text is null || text.Length > LengthMax)
        {
            return false;
        }
        if (text == CheckpointName)
        {
            return true;
        }
        if (!text.StartsWith(TilePrefix, StringComparison.Ordinal))
        {
            return false;
        }
        var rest = text[TilePrefix.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !TryParsePlace(rest[(slash + 1)..], out var index, out var width))
        {
            return false;
        }
        var head = rest[..slash];
        if (head == EntriesName)
        {
            path = new TilePath(TileKind.Entries, 0, index, width);
        }
        else if (int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level <= LevelMax)
        {
            path = new TilePath(TileKind.Hashes, level, index, width);
        }
        else
        {
            return false;
        }
        return path.ToString() == text;
    }

    /// <summary>The path without a leading slash.</summary>
    public override string ToString()
    {
        if (Kind == TileKind.Checkpoint)
        {
            return CheckpointName;
        }
        var text = new StringBuilder(TilePrefix);
        text.Append(Kind == TileKind.Entries ? EntriesName : Level.ToString(CultureInfo.InvariantCulture)).Append('/');
        AppendGroups(text, Index / GroupBase);
        text.Append(CultureInfo.InvariantCulture, $"{Index % GroupBase:000}");
        if (Width < TlogTiles.WidthMax)
        {
            text.Append(PartialMark).Append(Width);
        }
        return text.ToString();
    }

    private static void AppendGroups(StringBuilder text, long higher)
    {
        if (higher > 0)
        {
            AppendGroups(text, higher / GroupBase);
            text.Append(CultureInfo.InvariantCulture, $"x{higher % GroupBase:000}/");
        }
    }

    private static bool TryParsePlace(string text, out long index, out int width)
    {
        index = 0;
        width = TlogTiles.WidthMax;
        var partial = text.IndexOf(PartialMark, StringComparison.Ordinal);
        if (partial >= 0)
        {
            var parsed = int.TryParse(text[(partial + PartialMark.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out width);
            if (!parsed || width is < 1 or >= TlogTiles.WidthMax)
            {
                return false;
            }
            text = text[..partial];
        }
        var groups = text.Split('/');
        // Six groups reach 10^18, beyond the 2^54 tiles of the largest tree, and do not overflow.
        if (groups.Length > 6)
        {
            return false;
        }
        foreach (var group in groups)
        {
            var digits = group.StartsWith('x') ? group[1..] : group;
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }
            index = (index * GroupBase) + value;
        }
        return true;
    }

    private static void CheckPlace(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TlogTiles.WidthMax);
    }
}
