using System.Buffers.Binary;

namespace Cinnabar.Seal.Camera;

/// <summary>Writes nested ISO BMFF boxes (ISO/IEC 14496-12, 4.2); the sizes are filled in as boxes end.</summary>
internal sealed class BoxWriter(int capacity)
{
    private readonly Stack<int> _open = new();
    private byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>A box of the four-letter <paramref name="type"/> around what <paramref name="content"/> writes.</summary>
    internal void Box(ReadOnlySpan<byte> type, Action<BoxWriter>? content = null)
    {
        _open.Push(_length);
        UInt32(0);
        Bytes(type);
        content?.Invoke(this);
        int start = _open.Pop();
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(start), (uint)(_length - start));
    }

    /// <summary>A full box: version and flags stand first.</summary>
    internal void FullBox(ReadOnlySpan<byte> type, uint versionAndFlags, Action<BoxWriter>? content = null) => Box(type, w =>
    {
        w.UInt32(versionAndFlags);
        content?.Invoke(w);
    });

    internal void UInt16(int value)
    {
        Need(2);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_length), checked((ushort)value));
        _length += 2;
    }

    internal void UInt32(uint value)
    {
        Need(4);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Need(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    internal void Zeros(int count)
    {
        Need(count);
        _length += count;
    }

    internal byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    private void Need(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }
}
