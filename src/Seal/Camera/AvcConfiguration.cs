using System.Buffers.Binary;
using System.Globalization;

namespace Cinnabar.Seal.Camera;

/// <summary>The AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1) of one encoder start.</summary>
internal sealed class AvcConfiguration
{
    private AvcConfiguration(byte[] record, SequenceParameterSet set, bool rewritten)
    {
        Record = record;
        Width = set.Width;
        Height = set.Height;
        ReorderingRewritten = rewritten;
        // 4c.4: profile, constraints, level.
        Codec = string.Create(CultureInfo.InvariantCulture, $"avc1.{record[1]:X2}{record[2]:X2}{record[3]:X2}");
    }

    /// <summary>The record for the avcC box, saying that no picture is reordered.</summary>
    internal ReadOnlyMemory<byte> Record { get; }

    /// <summary>RFC 6381 codec string, such as <c>avc1.42C01E</c>.</summary>
    internal string Codec { get; }

    /// <summary>Picture width in pixels.</summary>
    internal int Width { get; }

    /// <summary>Picture height in pixels.</summary>
    internal int Height { get; }

    /// <summary>True when the encoder left out that nothing is reordered, or said otherwise, and we wrote it in.</summary>
    internal bool ReorderingRewritten { get; }

    /// <summary>Reads a record.</summary>
    /// <exception cref="MediaFormatException">It is malformed, or not of the one shape we carry: 4-byte lengths, one SPS.</exception>
    internal static AvcConfiguration Parse(ReadOnlySpan<byte> record)
    {
        if (record.Length < 8) throw new MediaFormatException("avcC is cut short", record.Length);
        if (record[0] != 1) throw new MediaFormatException("avcC version is not 1", 0);
        if ((record[4] & 3) != 3) throw new MediaFormatException("avcC unit lengths are not 4 bytes", 4);
        if ((record[5] & 31) != 1) throw new MediaFormatException("avcC does not hold exactly one sequence parameter set", 5);
        int length = BinaryPrimitives.ReadUInt16BigEndian(record[6..]);
        if (length > record.Length - 8) throw new MediaFormatException("avcC sequence parameter set is cut short", 6);
        ReadOnlySpan<byte> nal = record.Slice(8, length);
        SequenceParameterSet set = SequenceParameterSet.Parse(nal);
        if (!nal.Slice(1, 3).SequenceEqual(record.Slice(1, 3))) throw new MediaFormatException("avcC profile differs from its sequence parameter set", 1);
        ReadOnlySpan<byte> rest = record[(8 + length)..];
        CheckPictureSets(rest, 8 + length);
        if (set.SaysNoReordering) return new(record.ToArray(), set, rewritten: false);

        byte[] rewritten = set.WithoutReordering();
        byte[] size = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, checked((ushort)rewritten.Length));
        return new([.. record[..6], .. size, .. rewritten, .. rest], set, rewritten: true);
    }

    private static void CheckPictureSets(ReadOnlySpan<byte> rest, int offset)
    {
        if (rest.Length < 1 || rest[0] == 0) throw new MediaFormatException("avcC holds no picture parameter set", offset);
        int at = 1;
        for (int i = 0; i < rest[0]; i++)
        {
            if (rest.Length - at < 2) throw new MediaFormatException("avcC picture parameter set is cut short", offset + at);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[at..]);
            at += 2;
            if (length == 0 || length > rest.Length - at) throw new MediaFormatException("avcC picture parameter set is cut short", offset + at);
            if ((rest[at] & 0x1F) != 8) throw new MediaFormatException("avcC picture parameter set is none", offset + at);
            at += length;
        }
        // High profiles may append four bytes and SPS extensions; other trailing bytes would be carried unseen.
        if (rest.Length - at > 64) throw new MediaFormatException("avcC has trailing bytes", offset + at);
    }
}
