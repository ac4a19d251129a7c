using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Verification;

/// <summary>The courts that somebody believes in, each by its genesis statement.</summary>
/// <remarks>Immutable, safe for concurrent use. Source: docs/formats/roster.md.</remarks>
public sealed class CourtRoster
{
    /// <summary>Most courts in one roster; China has about 3,500.</summary>
    public const int CourtsMax = 5_000;

    private const long Version = 1;

    private CourtRoster(IReadOnlyList<CourtGenesis> courts) => Courts = courts;

    /// <summary>The courts, by the bytewise order of their origins, each origin once.</summary>
    public IReadOnlyList<CourtGenesis> Courts { get; }

    /// <summary>A roster of these courts.</summary>
    /// <exception cref="ArgumentException">No court, too many, or an origin stands twice.</exception>
    public static CourtRoster Of(params IEnumerable<CourtGenesis> courts)
    {
        var sorted = courts.OrderBy(c => c.Origin, StringComparer.Ordinal).ToArray();
        return sorted.Length is > 0 and <= CourtsMax && IsAscending(sorted)
            ? new CourtRoster(sorted)
            : throw new ArgumentException($"A roster names 1 to {CourtsMax} courts, each origin once.", nameof(courts));
    }

    /// <summary>Reads a roster and checks every genesis in it.</summary>
    /// <param name="bytes">The file, untrusted.</param>
    /// <param name="roster">Set when the answer is true.</param>
    /// <param name="detail">What was wrong where; empty when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CourtRoster? roster, out string detail)
    {
        roster = null;
        try
        {
            roster = Parse(bytes);
            detail = "";
            return true;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>The court whose log has this name, or null.</summary>
    public CourtGenesis? Find(string origin) => Courts.FirstOrDefault(c => c.Origin == origin);

    /// <summary>The file: [1, [genesis statements as byte strings]].</summary>
    public byte[] Encode() => CborValue.Array(
        CborValue.Integer(Version),
        CborValue.Array([.. Courts.Select(c => CborValue.Bytes(c.Statement.Bytes.ToArray()))])).Encode();

    private static CourtRoster Parse(ReadOnlySpan<byte> bytes)
    {
        if (CborValue.Decode(bytes) is not { Kind: CborKind.Array } value
            || value.AsArray() is not [{ Kind: CborKind.Integer } version, { Kind: CborKind.Array } list]
            || version.AsInteger() != Version)
        {
            throw new FormatException("Not [1, [genesis statements]].");
        }

        if (list.AsArray().Count is 0 or > CourtsMax)
        {
            throw new CborRefusedException(CborRule.TooLong, 2);
        }

        var courts = list.AsArray().Select(Genesis).ToArray();
        return IsAscending(courts)
            ? new CourtRoster(courts)
            : throw new FormatException("The courts are not in the order of their origins, each once.");
    }

    private static CourtGenesis Genesis(CborValue item, int position)
    {
        var verdict = Statement.TryParse(item.AsBytes().Span, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            throw new FormatException($"Court {position}: {verdict}: {detail}");
        }

        return CourtGenesis.TryRead(statement!, out var genesis, out detail)
            ? genesis
            : throw new FormatException($"Court {position}: {detail}");
    }

    private static bool IsAscending(CourtGenesis[] courts)
    {
        for (var i = 1; i < courts.Length; i++)
        {
            if (string.CompareOrdinal(courts[i - 1].Origin, courts[i].Origin) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
