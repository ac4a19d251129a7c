using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cinnabar.Registry.Cases;

/// <summary>A court's case number, such as (2020)京0108执1234号, in one spelling.</summary>
/// <remarks>
/// Grammar of the 2016 numbering rules with the special-trial code of 法〔2018〕335号; source: domain.md 4. Half-width
/// brackets and digits, no spaces. Immutable, compared by value.
/// </remarks>
public sealed partial record CaseNumber
{
    /// <summary>Longest input that is looked at, in characters.</summary>
    public const int LengthMax = 64;

    private CaseNumber(int year, string court, string special, string type, int number, string suffix)
    {
        Year = year;
        Court = court;
        SpecialTrial = special;
        Type = type;
        Number = number;
        Suffix = suffix;
    }

    /// <summary>Year the case was accepted.</summary>
    public int Year { get; }

    /// <summary>Court code, such as 京0108. Not the property's place: the founding case had a court of 110108 seal a flat in 110105.</summary>
    public string Court { get; }

    /// <summary>Special-trial code such as 知, or empty.</summary>
    public string SpecialTrial { get; }

    /// <summary>Type code, such as 执 (enforcement) or 执保 (preservation).</summary>
    public string Type { get; }

    /// <summary>Number within court, type and year, from 1.</summary>
    public int Number { get; }

    /// <summary>Number of a ruling within the case, such as 之一, or empty. Not part of the case's own number.</summary>
    public string Suffix { get; }

    /// <summary>Reads a case number, forgiving about brackets, width and spaces.</summary>
    /// <returns>False when the text follows no known form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CaseNumber? number)
    {
        number = null;
        if (text is null || text.Length > LengthMax)
        {
            return false;
        }

        var match = Grammar().Match(Normalise(text));
        if (!match.Success || !int.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n == 0)
        {
            return false;
        }

        number = new CaseNumber(
            int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["court"].Value, match.Groups["spec"].Value,
            match.Groups["type"].Value, n, match.Groups["sub"].Value);
        return true;
    }

    /// <summary>The case, without the number of a ruling in it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Year}){Court}{SpecialTrial}{Type}{Number}号");

    [GeneratedRegex(@"^\(?(?<y>[0-9]{4})\)?(?<court>最高法|[京津沪渝冀晋内辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔云藏陕甘青宁新兵军][0-9]{0,4})(?<spec>知)?(?<type>[\u4e00-\u9fa5]{1,3})(?<n>[0-9]{1,9})号(?<sub>之[一二三四五六七八九十]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    private static string Normalise(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '（' or '〔' or '[' or '［' or '【':
                    clean.Append('(');
                    break;
                case '）' or '〕' or ']' or '］' or '】':
                    clean.Append(')');
                    break;
                case >= '０' and <= '９':
                    clean.Append((char)(c - '０' + '0'));
                    break;
                case '\u200b' or '\ufeff':
                    break;
                default:
                    if (!char.IsWhiteSpace(c))
                    {
                        clean.Append(c);
                    }

                    break;
            }
        }

        return clean.ToString();
    }
}
