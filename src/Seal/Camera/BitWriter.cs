namespace Cinnabar.Seal.Camera;

/// <summary>Writes the bits of an H.264 raw byte sequence payload.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _used = 8;

    internal void Bit(bool set)
    {
        if (_used == 8)
        {
            _bytes.Add(0);
            _used = 0;
        }
        if (set) _bytes[^1] |= (byte)(0x80 >> _used);
        _used++;
    }

    /// <summary>ue(v).</summary>
    internal void Unsigned(uint value)
    {
        int length = 32 - System.Numerics.BitOperations.LeadingZeroCount(value + 1);
        for (int i = 1; i < length; i++) Bit(false);
        for (int i = length - 1; i >= 0; i--) Bit((((value + 1) >> i) & 1) == 1);
    }

    /// <summary>The stop bit, zeros to the byte boundary, and the bytes with emulation prevention (7.4.1).</summary>
    internal byte[] Finish()
    {
        Bit(true);
        List<byte> escaped = new(_bytes.Count + 4);
        int zeros = 0;
        foreach (byte b in _bytes)
        {
            if (zeros == 2 && b <= 3)
            {
                escaped.Add(3);
                zeros = 0;
            }
            escaped.Add(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return [.. escaped];
    }
}
