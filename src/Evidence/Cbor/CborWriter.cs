using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Cinnabar.Evidence.Cbor;

/// <summary>Writes the deterministic CBOR subset. Heads are always in their shortest form.</summary>
/// <remarks>Not thread-safe. Source: RFC 8949 section 4.2.1.</remarks>
public sealed class CborWriter
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _output = new(256);

    /// <summary>Everything written so far.</summary>
    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    /// <summary>Writes a tag number; the tagged item follows.</summary>
    public void WriteTag(ulong tag) => WriteHead(6, tag);

    /// <summary>Writes the head of an array; its elements follow.</summary>
    public void WriteArrayHead(int count) => WriteHead(4, (ulong)count);

    /// <summary>Writes a byte string.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteHead(2, (ulong)bytes.Length);
        _output.Write(bytes);
    }

    /// <summary>Writes a text string as UTF-8.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    public void WriteText(string text)
    {
        WriteHead(3, (ulong)s_strictUtf8.GetByteCount(text));
        s_strictUtf8.GetBytes(text, _output);
    }

    /// <summary>Writes an integer.</summary>
    public void WriteInteger(long value) => WriteHead(value >= 0 ? 0 : 1, (ulong)(value >= 0 ? value : -1 - value));

    /// <summary>Writes a value with all that it holds.</summary>
    public void WriteValue(CborValue value)
    {
        switch (value.Kind)
        {
            case CborKind.Null:
                WriteHead(7, 22);
                break;
            case CborKind.Boolean:
                WriteHead(7, value.AsBoolean() ? 21u : 20u);
                break;
            case CborKind.Integer:
                WriteInteger(value.AsInteger());
                break;
            case CborKind.Bytes:
                WriteBytes(value.AsBytes().Span);
                break;
            case CborKind.Text:
                WriteText(value.AsText());
                break;
            case CborKind.Array:
                WriteArrayHead(value.AsArray().Count);
                foreach (var item in value.AsArray())
                {
                    WriteValue(item);
                }

                break;
            case CborKind.Map:
                WriteHead(5, (ulong)value.AsMap().Count);
                foreach (var (key, item) in value.AsMap())
                {
                    WriteValue(key);
                    WriteValue(item);
                }

                break;
        }
    }

    private void WriteHead(int major, ulong argument)
    {
        var span = _output.GetSpan(9);
        var initial = major << 5;
        switch (argument)
        {
            case < 24:
                span[0] = (byte)(initial | (int)argument);
                _output.Advance(1);
                break;
            case <= byte.MaxValue:
                span[0] = (byte)(initial | 24);
                span[1] = (byte)argument;
                _output.Advance(2);
                break;
            case <= ushort.MaxValue:
                span[0] = (byte)(initial | 25);
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)argument);
                _output.Advance(3);
                break;
            case <= uint.MaxValue:
                span[0] = (byte)(initial | 26);
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)argument);
                _output.Advance(5);
                break;
            default:
                span[0] = (byte)(initial | 27);
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], argument);
                _output.Advance(9);
                break;
        }
    }
}
