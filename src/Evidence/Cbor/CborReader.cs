using System.Buffers.Binary;
using System.Text;

namespace Cinnabar.Evidence.Cbor;

/// <summary>Reads the deterministic CBOR subset of docs/formats/cbor.md and refuses everything else.</summary>
/// <remarks>
/// One meaning has one encoding: definite lengths, shortest arguments, sorted unique keys. Every refusal is a
/// <see cref="CborRefusedException"/> with rule and offset. Not thread-safe: one reader, one caller.
/// Source: RFC 8949 sections 3 and 4.2.1.
/// </remarks>
public ref struct CborReader
{
    /// <summary>Deepest nesting of arrays, maps and tags.</summary>
    public const int DepthMax = 16;

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _input;
    private int _position;

    /// <summary>Starts at the first byte.</summary>
    public CborReader(ReadOnlySpan<byte> input) => _input = input;

    /// <summary>Offset in bytes of the next item.</summary>
    public readonly int Position => _position;

    /// <summary>Refuses bytes behind the one top-level item.</summary>
    /// <exception cref="CborRefusedException">Bytes are left.</exception>
    public readonly void End()
    {
        if (_position != _input.Length)
        {
            throw new CborRefusedException(CborRule.TrailingBytes, _position);
        }
    }

    /// <summary>Reads a tag number that must be the expected one.</summary>
    /// <exception cref="CborRefusedException">Another item or tag stands here.</exception>
    public void ExpectTag(ulong tag)
    {
        var start = _position;
        if (ReadHead(out var argument) != 6 || argument != tag)
        {
            throw new CborRefusedException(CborRule.UnexpectedType, start);
        }
    }

    /// <summary>Reads the head of an array.</summary>
    /// <returns>The number of elements that follow.</returns>
    /// <exception cref="CborRefusedException">No array stands here, or it cannot fit in the input.</exception>
    public int ReadArrayHead()
    {
        var start = _position;
        return ReadHead(out var argument) == 4
            ? Count(argument, 1, start)
            : throw new CborRefusedException(CborRule.UnexpectedType, start);
    }

    /// <summary>Reads a byte string.</summary>
    /// <exception cref="CborRefusedException">No byte string stands here.</exception>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var start = _position;
        return ReadHead(out var argument) == 2
            ? Take(Count(argument, 1, start), start)
            : throw new CborRefusedException(CborRule.UnexpectedType, start);
    }

    /// <summary>Reads any item of the subset; tags are outside it.</summary>
    /// <exception cref="CborRefusedException">The item breaks a rule.</exception>
    public CborValue ReadValue() => ReadValue(0);

    private CborValue ReadValue(int depth)
    {
        var start = _position;
        if (depth > DepthMax)
        {
            throw new CborRefusedException(CborRule.TooDeep, start);
        }

        var major = ReadHead(out var argument);
        switch (major)
        {
            case 0:
                return CborValue.Integer(Signed(argument, start));
            case 1:
                return CborValue.Integer(-1 - Signed(argument, start));
            case 2:
                return CborValue.Bytes(Take(Count(argument, 1, start), start).ToArray());
            case 3:
                return CborValue.Text(Utf8(Take(Count(argument, 1, start), start), start));
            case 4:
                return ReadArray(Count(argument, 1, start), depth);
            case 5:
                return ReadMap(Count(argument, 2, start), depth);
            case 7 when argument is 20 or 21:
                return CborValue.Boolean(argument == 21);
            case 7 when argument == 22:
                return CborValue.Null;
            default:
                throw new CborRefusedException(CborRule.OutsideSubset, start);
        }
    }

    private CborValue ReadArray(int count, int depth)
    {
        var items = new CborValue[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = ReadValue(depth + 1);
        }

        return CborValue.Array(items);
    }

    private CborValue ReadMap(int count, int depth)
    {
        var entries = new KeyValuePair<CborValue, CborValue>[count];
        ReadOnlySpan<byte> previous = default;
        for (var i = 0; i < count; i++)
        {
            var start = _position;
            var key = ReadValue(depth + 1);
            if (key.Kind is not (CborKind.Integer or CborKind.Text))
            {
                throw new CborRefusedException(CborRule.KeyType, start);
            }

            var encoded = _input[start.._position];
            var order = i == 0 ? 1 : encoded.SequenceCompareTo(previous);
            if (order <= 0)
            {
                throw new CborRefusedException(order == 0 ? CborRule.DuplicateKey : CborRule.KeyOrder, start);
            }

            previous = encoded;
            entries[i] = new(key, ReadValue(depth + 1));
        }

        return CborValue.FromSortedEntries(entries);
    }

    private int ReadHead(out ulong argument)
    {
        var start = _position;
        var initial = Take(1, start)[0];
        var major = initial >> 5;
        var info = initial & 0x1f;
        switch (info)
        {
            case < 24:
                argument = (ulong)info;
                return major;
            case 24:
                argument = Take(1, start)[0];
                CheckShortest(argument >= 24, start, major);
                return major;
            case 25:
                argument = BinaryPrimitives.ReadUInt16BigEndian(Take(2, start));
                CheckShortest(argument > byte.MaxValue, start, major);
                return major;
            case 26:
                argument = BinaryPrimitives.ReadUInt32BigEndian(Take(4, start));
                CheckShortest(argument > ushort.MaxValue, start, major);
                return major;
            case 27:
                argument = BinaryPrimitives.ReadUInt64BigEndian(Take(8, start));
                CheckShortest(argument > uint.MaxValue, start, major);
                return major;
            case 31:
                throw new CborRefusedException(CborRule.IndefiniteLength, start);
            default:
                throw new CborRefusedException(CborRule.Reserved, start);
        }
    }

    private static void CheckShortest(bool shortest, int start, int major)
    {
        // Major type 7 with following bytes holds floats and simple values, of which the subset has none.
        if (major == 7)
        {
            throw new CborRefusedException(CborRule.OutsideSubset, start);
        }

        if (!shortest)
        {
            throw new CborRefusedException(CborRule.NotShortest, start);
        }
    }

    private readonly int Count(ulong argument, int bytesPerElement, int start)
    {
        // Each element needs at least one byte, so a huge announced length is refused before anything is allocated.
        if (argument > (ulong)((_input.Length - _position) / bytesPerElement))
        {
            throw new CborRefusedException(CborRule.Truncated, start);
        }

        return (int)argument;
    }

    private ReadOnlySpan<byte> Take(int count, int start)
    {
        if (_input.Length - _position < count)
        {
            throw new CborRefusedException(CborRule.Truncated, start);
        }

        var taken = _input.Slice(_position, count);
        _position += count;
        return taken;
    }

    private static long Signed(ulong argument, int start) =>
        argument <= long.MaxValue ? (long)argument : throw new CborRefusedException(CborRule.IntegerRange, start);

    private static string Utf8(ReadOnlySpan<byte> bytes, int start)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new CborRefusedException(CborRule.NotUtf8, start);
        }
    }
}
