using System.Numerics;

namespace Cinnabar.Ledger.Evm.Signing;

/// <summary>Recursive Length Prefix, writing only. Source: Ethereum Yellow Paper, appendix B.</summary>
internal static class Rlp
{
    private const int ShortMax = 55;

    /// <summary>A string of bytes.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < 0x80 ? [bytes[0]] : [.. Prefix(0x80, bytes.Length), .. bytes];

    /// <summary>A number of zero or more: big-endian without leading zeros, zero as the empty string.</summary>
    public static byte[] Number(BigInteger number) =>
        number.IsZero ? Bytes([]) : Bytes(number.ToByteArray(isUnsigned: true, isBigEndian: true));

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        var length = 0;
        foreach (var item in items)
        {
            length += item.Length;
        }

        var list = new List<byte>(length + 9);
        list.AddRange(Prefix(0xc0, length));
        foreach (var item in items)
        {
            list.AddRange(item);
        }

        return [.. list];
    }

    private static byte[] Prefix(int offset, int length)
    {
        if (length <= ShortMax)
        {
            return [(byte)(offset + length)];
        }

        var size = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(offset + ShortMax + size.Length), .. size];
    }
}
