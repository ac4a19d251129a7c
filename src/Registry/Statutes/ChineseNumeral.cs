using System.Text;

namespace Cinnabar.Registry.Statutes;

/// <summary>Article numbers as Chinese statutes print them: 114 is 一百一十四.</summary>
internal static class ChineseNumeral
{
    private const string Digits = "零一二三四五六七八九";

    /// <param name="number">1 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">No statute has such an article.</exception>
    public static string Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 999);
        var (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
        var text = new StringBuilder();
        if (hundreds > 0)
        {
            text.Append(Digits[hundreds]).Append('百');
        }

        if (tens > 0)
        {
            // 十五, but 一百一十五.
            text.Append(tens == 1 && hundreds == 0 ? "" : Digits[tens].ToString()).Append('十');
        }
        else if (hundreds > 0 && ones > 0)
        {
            text.Append('零');
        }

        return ones > 0 ? text.Append(Digits[ones]).ToString() : text.ToString();
    }
}
