using System.Buffers.Binary;
using System.Text;

namespace Cinnabar.Demo;

/// <summary>Flips one bit of one file inside a pack and mends the zip around it, so that only the content is wrong.</summary>
/// <remarks>A pack holds its files stored, not compressed (docs/formats/pack.md); headers after PKWARE APPNOTE 4.3.7 and 4.3.12.</remarks>
internal static class PackSpoiler
{
    private const uint CentralSignature = 0x02014b50;
    private const int LocalHeaderLength = 30;
    private const int CentralHeaderLength = 46;

    /// <exception cref="DemoException">The pack has no file with such a name.</exception>
    public static byte[] Flip(byte[] pack, Func<string, bool> name)
    {
        var spoiled = (byte[])pack.Clone();
        var central = (int)BinaryPrimitives.ReadUInt32LittleEndian(spoiled.AsSpan(spoiled.Length - 6));
        while (BinaryPrimitives.ReadUInt32LittleEndian(spoiled.AsSpan(central)) == CentralSignature)
        {
            var header = spoiled.AsSpan(central);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            if (name(Encoding.ASCII.GetString(header.Slice(CentralHeaderLength, nameLength))))
            {
                var local = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
                var size = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
                var data = spoiled.AsSpan(local + LocalHeaderLength + nameLength, size);
                data[size / 2] ^= 1;
                BinaryPrimitives.WriteUInt32LittleEndian(spoiled.AsSpan(local + 14), Crc(data));
                BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc(data));
                return spoiled;
            }

            central += CentralHeaderLength + nameLength;
        }

        throw new DemoException("The pack has no such file to spoil.");
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
