using System.Buffers.Binary;
using System.Text;

namespace Cinnabar.Evidence.Packs;

/// <summary>The records of a zip in the one form that a pack may have: stored entries, no dates, no extras, no comments.</summary>
/// <remarks>
/// Reading compares with what writing would have produced, so that nothing hides in a field that nobody looks at.
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
/// </remarks>
internal static class ZipLayout
{
    public const int LocalHeaderLength = 30;
    public const int CentralHeaderLength = 46;
    public const int EndLength = 22;

    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const ushort VersionStored = 10;

    /// <summary>1980-01-01, the day on which the time of zip begins.</summary>
    private const ushort FirstDay = 0x0021;

    public static byte[] LocalHeader(string name, long size, uint crc)
    {
        var header = new byte[LocalHeaderLength + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, LocalSignature);
        WriteCommon(header.AsSpan(4), name, size, crc);
        Encoding.ASCII.GetBytes(name, header.AsSpan(LocalHeaderLength));
        return header;
    }

    public static byte[] CentralHeader(string name, long size, uint crc, long offset)
    {
        var header = new byte[CentralHeaderLength + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, CentralSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), VersionStored);
        WriteCommon(header.AsSpan(6), name, size, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), (uint)offset);
        Encoding.ASCII.GetBytes(name, header.AsSpan(CentralHeaderLength));
        return header;
    }

    public static byte[] End(int entries, long centralLength, long centralOffset)
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)centralLength);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)centralOffset);
        return end;
    }

    /// <summary>Reads what the end record claims; the caller compares it with <see cref="End"/>.</summary>
    public static (int Entries, long CentralLength, long CentralOffset) ReadEnd(ReadOnlySpan<byte> end) =>
        (BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));

    /// <summary>Reads what a central header claims; the caller compares it with <see cref="CentralHeader"/>. Null when it does not fit.</summary>
    public static (string Name, long Size, uint Crc)? ReadCentral(ReadOnlySpan<byte> central)
    {
        if (central.Length < CentralHeaderLength)
        {
            return null;
        }

        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(central[28..]);
        if (nameLength > PackPath.LengthMax || central.Length - CentralHeaderLength < nameLength)
        {
            return null;
        }

        var name = Encoding.ASCII.GetString(central.Slice(CentralHeaderLength, nameLength));
        return (name, BinaryPrimitives.ReadUInt32LittleEndian(central[24..]), BinaryPrimitives.ReadUInt32LittleEndian(central[16..]));
    }

    /// <summary>The 26 bytes from "version needed" to "extra field length" that both headers share.</summary>
    private static void WriteCommon(Span<byte> fields, string name, long size, uint crc)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, VersionStored);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], FirstDay);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], (uint)size);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)name.Length);
    }
}
