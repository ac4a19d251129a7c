using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cinnabar.Seal.Sensors;

/// <summary>
/// One channel of an IIO scan, from its <c>scan_elements/…_type</c>, for instance <c>le:s12/16&gt;&gt;4</c>:
/// little-endian, signed, 12 bits of meaning in 16 of storage, to be shifted right by 4.
/// </summary>
internal sealed partial record ScanChannel(bool BigEndian, bool Signed, int Bits, int StorageBytes, int Shift)
{
    /// <exception cref="InvalidDataException">Not a type this program can read; the message quotes it.</exception>
    public static ScanChannel Parse(string type)
    {
        var match = TypePattern().Match(type);
        if (!match.Success)
        {
            throw new InvalidDataException($"scan element type '{type}' is not understood");
        }

        var bits = Number(match, "bits");
        var storage = Number(match, "storage");
        var shift = match.Groups["shift"].Success ? Number(match, "shift") : 0;
        if (storage is not (8 or 16 or 32 or 64) || bits < 1 || bits + shift > storage)
        {
            throw new InvalidDataException($"scan element type '{type}' does not fit its storage");
        }

        return new ScanChannel(match.Groups["end"].Value == "be", match.Groups["sign"].Value == "s", bits, storage / 8, shift);
    }

    public long Read(ReadOnlySpan<byte> bytes)
    {
        ulong raw = StorageBytes switch
        {
            1 => bytes[0],
            2 => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };

        // Up against the top, then down again: the right shift of a signed number brings its sign along.
        var top = unchecked((long)(raw >> Shift << (64 - Bits)));
        return Signed ? top >> (64 - Bits) : unchecked((long)((ulong)top >> (64 - Bits)));
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<end>le|be):(?<sign>[su])(?<bits>\d{1,2})/(?<storage>\d{1,2})(>>(?<shift>\d{1,2}))?$")]
    private static partial Regex TypePattern();
}
