namespace Cinnabar.Evidence.Packs;

/// <summary>CRC-32 as zip wants it; it protects against nothing, but every unzip program looks at it.</summary>
/// <remarks>Source: ISO 3309, polynomial 0xEDB88320 reflected.</remarks>
internal static class Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(i => Shift((uint)i))];

    /// <summary>Goes on from the CRC of what came before; 0 at the start.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var value = ~crc;
        foreach (var b in data)
        {
            value = s_table[(value ^ b) & 0xFF] ^ (value >> 8);
        }

        return ~value;
    }

    private static uint Shift(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        }

        return value;
    }
}
