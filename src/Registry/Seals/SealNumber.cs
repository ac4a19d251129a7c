using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Cinnabar.Registry.Cases;

namespace Cinnabar.Registry.Seals;

/// <summary>The number printed on a seal, such as FT-京0108-2020-000123-K: court, year of issue, serial, check character.</summary>
/// <remarks>
/// No national format was found (domain.md 4), so this one is ours. The check character is ISO 7064 MOD 37,36 over
/// <c>FT</c>, court, year and serial without hyphens; the court's first character is not in that alphabet and counts as
/// the two digits of its province in GB/T 2260 (京 is 11), 兵 as BT, 军 as JF, 最高法 as ZGF. Immutable, compared by value.
/// </remarks>
public sealed record SealNumber
{
    /// <summary>Highest serial of a court and year.</summary>
    public const int SerialMax = 999_999;

    private const int LengthMax = 40;

    private SealNumber(CourtCode court, int year, int serial)
    {
        Court = court;
        Year = year;
        Serial = serial;
    }

    /// <summary>The court that ordered the seal.</summary>
    public CourtCode Court { get; }

    /// <summary>Year of issue, four digits.</summary>
    public int Year { get; }

    /// <summary>From 1 to <see cref="SerialMax"/>.</summary>
    public int Serial { get; }

    /// <summary>The check character.</summary>
    public char Check => CheckCharacter.Of(string.Create(CultureInfo.InvariantCulture, $"FT{Ascii(Court)}{Year:D4}{Serial:D6}"));

    /// <summary>Makes the number of a new seal.</summary>
    /// <param name="year">1950 to 9999.</param>
    /// <param name="serial">1 to <see cref="SerialMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Year or serial is out of range.</exception>
    public static SealNumber Create(CourtCode court, int year, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1950);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(serial, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, SerialMax);
        return new SealNumber(court, year, serial);
    }

    /// <summary>Reads a seal number; small letters, full-width characters and spaces are forgiven, a wrong check character is not.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SealNumber? number)
    {
        number = null;
        if (text is null || text.Length > LengthMax)
        {
            return false;
        }

        var parts = Normalise(text).Split('-');
        if (parts is not ["FT", var court, { Length: 4 } year, { Length: 6 } serial, { Length: 1 } check]
            || !CourtCode.TryParse(court, out var code)
            || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) || y < 1950
            || !int.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var s) || s == 0)
        {
            return false;
        }

        var read = new SealNumber(code, y, s);
        number = read.Check == check[0] ? read : null;
        return number is not null;
    }

    /// <summary>The printed form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"FT-{Court}-{Year:D4}-{Serial:D6}-{Check}");

    private static string Ascii(CourtCode court) =>
        court.Level == CourtLevel.Supreme ? "ZGF" : Provinces.Ascii(court.Value[0]) + court.Value[1..];

    private static string Normalise(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // U+FF01 to U+FF5E repeat ASCII at full width.
            var narrow = c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c;
            if (!char.IsWhiteSpace(narrow))
            {
                clean.Append(char.ToUpperInvariant(narrow is '\u2013' or '\u2014' ? '-' : narrow));
            }
        }

        return clean.ToString();
    }
}
