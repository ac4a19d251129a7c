using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Registry.Cases;

/// <summary>The code of a court in its case numbers, such as 京0108. Immutable.</summary>
/// <remarks>
/// Well-formed codes that no table knows are kept: development-zone and Internet courts are not derivable, and a court
/// keeps its old code after its district is renamed. Ask <see cref="CourtCodes.Find"/> and warn. Source: domain.md 4.
/// </remarks>
public sealed record CourtCode
{
    private const string Supreme = "最高法";

    private CourtCode(string value, CourtLevel level)
    {
        Value = value;
        Level = level;
    }

    /// <summary>The code.</summary>
    public string Value { get; }

    /// <summary>What its length says.</summary>
    public CourtLevel Level { get; }

    /// <summary>Reads a court code.</summary>
    /// <returns>False when the text is no province with nothing, two or four digits, and not 最高法.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CourtCode? code)
    {
        code = text switch
        {
            Supreme => new CourtCode(text, CourtLevel.Supreme),
            { Length: 1 or 3 or 5 } when Provinces.Contains(text[0]) && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 =>
                new CourtCode(text, text.Length switch { 1 => CourtLevel.High, 3 => CourtLevel.Intermediate, _ => CourtLevel.Basic }),
            _ => null,
        };
        return code is not null;
    }

    /// <summary>The code an ordinary basic court of a division has: province, then the last four digits.</summary>
    /// <param name="division">Six digits of GB/T 2260.</param>
    /// <returns>Null when the division is malformed or of no known province.</returns>
    public static CourtCode? OfDivision(string division) =>
        division.Length == 6 && division.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && Provinces.OfDivision(division[..2]) is { } province
            ? new CourtCode(province + division[2..], CourtLevel.Basic)
            : null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
