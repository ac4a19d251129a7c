namespace Cinnabar.Seal.Camera;

/// <summary>Reads the bits of an H.264 raw byte sequence payload (ITU-T H.264, 7.2 and 9.1).</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits read so far.</summary>
    internal int Position { get; private set; }

    internal bool Flag() => Bits(1) == 1;

    internal uint Bits(int count)
    {
        uint value = 0;
        for (int i = 0; i < count; i++)
        {
            if (Position >= _bytes.Length * 8) throw new MediaFormatException("H.264 parameter set is cut short", Position / 8);
            value = (value << 1) | (uint)((_bytes[Position / 8] >> (7 - (Position % 8))) & 1);
            Position++;
        }
        return value;
    }

    /// <summary>ue(v), refused above <paramref name="most"/>.</summary>
    internal uint Unsigned(uint most = ushort.MaxValue)
    {
        int zeros = 0;
        while (!Flag())
        {
            if (++zeros > 30) throw new MediaFormatException("H.264 number is too long", Position / 8);
        }
        uint value = (1u << zeros) - 1 + Bits(zeros);
        return value <= most ? value : throw new MediaFormatException($"H.264 number {value} is over its limit {most}", Position / 8);
    }

    /// <summary>se(v): zero, one, minus one, two, …</summary>
    internal int Signed()
    {
        uint code = Unsigned(uint.MaxValue);
        return code % 2 == 0 ? -(int)(code / 2) : (int)(code / 2) + 1;
    }

    internal void Skip(int count)
    {
        for (int i = 0; i < count; i++) Bits(1);
    }
}
