using System.Buffers.Binary;
using System.Numerics;

namespace Cinnabar.Seal.Journal;

/// <summary>
/// One record on disk: "CNJ1", length (4), sequence (8), CRC-32C over length, sequence and bytes (4), bytes; big-endian.
/// The checksum is against torn writes and worn cells only: forgery is the signature's matter.
/// </summary>
internal static class JournalFrame
{
    public const int HeadBytes = 20;

    private const uint Magic = 0x434E4A31;
    private const int CheckedHeadBytes = 12;

    public static byte[] Encode(long sequence, ReadOnlySpan<byte> statement)
    {
        var frame = new byte[HeadBytes + statement.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, Magic);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), statement.Length);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(16), Checksum(frame.AsSpan(4, CheckedHeadBytes), statement));
        statement.CopyTo(frame.AsSpan(HeadBytes));
        return frame;
    }

    /// <summary>True when a whole and sound record stands at the start of the input.</summary>
    public static bool TryRead(ReadOnlySpan<byte> input, out long sequence, out ReadOnlySpan<byte> statement)
    {
        sequence = 0;
        statement = default;
        if (input.Length < HeadBytes || BinaryPrimitives.ReadUInt32BigEndian(input) != Magic)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(input[4..]);
        if (length < 0 || length > input.Length - HeadBytes)
        {
            return false;
        }

        statement = input.Slice(HeadBytes, length);
        sequence = BinaryPrimitives.ReadInt64BigEndian(input[8..]);
        return sequence > 0 && Checksum(input.Slice(4, CheckedHeadBytes), statement) == BinaryPrimitives.ReadUInt32BigEndian(input[16..]);
    }

    private static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> statement) => ~Add(Add(uint.MaxValue, head), statement);

    private static uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
