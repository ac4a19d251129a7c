using System.Globalization;
using System.Numerics;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>The two ways JSON-RPC writes numbers and bytes. Source: ethereum/execution-apis, "Hex value encoding".</summary>
/// <remarks>Reading throws <see cref="FormatException"/> for everything else: a node's answer that it cannot mean.</remarks>
internal static class Hex
{
    public static string Quantity(BigInteger number)
    {
        var digits = number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return "0x" + (digits.Length == 0 ? "0" : digits);
    }

    public static string Data(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    public static BigInteger ReadQuantity(string? text)
    {
        if (text is null || text.Length is < 3 or > 66 || !text.StartsWith("0x", StringComparison.Ordinal)
            || !BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException("A quantity is 0x and 1 to 64 hexadecimal digits.");
        }

        return number;
    }

    public static long ReadLong(string? text)
    {
        var number = ReadQuantity(text);
        return number <= long.MaxValue ? (long)number : throw new FormatException("A number of 64 bits was expected.");
    }

    public static byte[] ReadData(string? text)
    {
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal))
        {
            throw new FormatException("Bytes are 0x and hexadecimal digits.");
        }

        return Convert.FromHexString(text.AsSpan(2));
    }

    /// <summary>Bytes of an exact length.</summary>
    public static byte[] ReadData(string? text, int length)
    {
        var bytes = ReadData(text);
        return bytes.Length == length ? bytes : throw new FormatException($"{length} bytes were expected, not {bytes.Length}.");
    }
}
