using System.Buffers.Binary;

namespace Cinnabar.Seal.Camera;

/// <summary>
/// Incremental, strict reader of the FLV that ffmpeg writes for us: video only, H.264 only, tags in order of time.
/// Adobe Flash Video File Format 10.1, annex E. Anything else is refused with rule and offset. Not thread safe.
/// </summary>
internal sealed class FlvReader
{
    /// <summary>Largest tag body accepted: a 1080p keyframe stays under 1 MB.</summary>
    internal const int TagBytesMax = 2 * 1024 * 1024;

    private const int HeaderBytes = 13;
    private const int TagHeaderBytes = 11;
    private const byte VideoTag = 9;
    private const byte ScriptTag = 18;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _offset;
    private bool _headerRead;
    private bool _configured;
    private uint _last;

    /// <summary>Takes the next bytes of the stream.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _end < bytes.Length) MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next configuration or frame, or null until more bytes are there.</summary>
    /// <exception cref="MediaFormatException">The stream breaks a rule; the reader is of no further use.</exception>
    internal FlvTag? Read()
    {
        if (!_headerRead && !ReadHeader()) return null;
        while (true)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            if (rest.Length < TagHeaderBytes) return null;
            int size = CheckTagHeader(rest);
            int whole = TagHeaderBytes + size + 4;
            if (rest.Length < whole) return null;
            // E.3: the size of the tag stands behind it once more.
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(TagHeaderBytes + size)..]) != TagHeaderBytes + size)
            {
                throw Refused("FLV tag size before and behind the tag differ", TagHeaderBytes + size);
            }
            FlvTag? tag = rest[0] == VideoTag ? ReadVideo(rest[..(TagHeaderBytes + size)]) : null;
            _start += whole;
            _offset += whole;
            if (tag is not null) return tag;
        }
    }

    private bool ReadHeader()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length < HeaderBytes) return false;
        if (!rest.StartsWith("FLV"u8)) throw Refused("FLV signature is missing", 0);
        if (rest[3] != 1) throw Refused("FLV version is not 1", 3);
        if (rest[4] != 1) throw Refused("FLV stream does not hold video alone", 4);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[5..]) != 9) throw Refused("FLV header is not 9 bytes", 5);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[9..]) != 0) throw Refused("FLV first previous-tag size is not 0", 9);
        _start += HeaderBytes;
        _offset += HeaderBytes;
        return _headerRead = true;
    }

    private int CheckTagHeader(ReadOnlySpan<byte> tag)
    {
        // Sound in a tag would be a recording nobody ordered; encryption and unknown types are no business of ours.
        if (tag[0] is not (VideoTag or ScriptTag)) throw Refused($"FLV tag type {tag[0]} is neither video nor metadata", 0);
        int size = (tag[1] << 16) | (tag[2] << 8) | tag[3];
        if (size > TagBytesMax) throw Refused($"FLV tag of {size} bytes is over the limit of {TagBytesMax}", 1);
        if (tag[8] != 0 || tag[9] != 0 || tag[10] != 0) throw Refused("FLV stream id is not 0", 8);
        return size;
    }

    private FlvTag? ReadVideo(ReadOnlySpan<byte> tag)
    {
        ReadOnlySpan<byte> body = tag[TagHeaderBytes..];
        if (body.Length < 5) throw Refused("FLV video tag is shorter than its header", 1);
        if ((body[0] & 0x0F) != 7) throw Refused("FLV video codec is not H.264", 11);
        bool isKey = (body[0] >> 4) switch
        {
            1 => true,
            2 => false,
            _ => throw Refused("FLV frame type is neither key nor inter frame", 11),
        };
        uint timestamp = ((uint)tag[7] << 24) | ((uint)tag[4] << 16) | ((uint)tag[5] << 8) | tag[6];
        int composition = ((body[2] << 24) | (body[3] << 16) | (body[4] << 8)) >> 8;
        switch (body[1])
        {
            case 0:
                if (!isKey) throw Refused("FLV configuration is not marked as key", 11);
                if (_configured) throw Refused("FLV configuration comes a second time", 12);
                _configured = true;
                _last = timestamp;
                return new(FlvTagKind.Configuration, timestamp, 0, true, body[5..].ToArray());
            case 1:
                if (!_configured) throw Refused("FLV frame comes before the configuration", 12);
                // Unsigned difference: right across the wrap after 49.7 days; more than half the circle is backwards.
                if (unchecked(timestamp - _last) > int.MaxValue) throw Refused("FLV time goes backwards", 4);
                _last = timestamp;
                CheckPicture(body[5..], isKey);
                return new(FlvTagKind.Frame, timestamp, composition, isKey, body[5..].ToArray());
            case 2:
                return null; // end of sequence, written when ffmpeg ends in order
            default:
                throw Refused($"FLV packet type {body[1]} is unknown", 12);
        }
    }

    private void CheckPicture(ReadOnlySpan<byte> nals, bool isKey)
    {
        const int PictureAt = TagHeaderBytes + 5;
        int at = 0;
        bool idr = false, slice = false;
        while (at < nals.Length)
        {
            if (nals.Length - at < 5) throw Refused("H.264 unit is cut short", PictureAt + at);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(nals[at..]);
            if (length == 0 || length > nals.Length - at - 4) throw Refused("H.264 unit length does not fit the frame", PictureAt + at);
            int type = nals[at + 4] & 0x1F;
            idr |= type == 5;
            slice |= type is >= 1 and <= 5;
            at += 4 + (int)length;
        }
        if (!slice) throw Refused("H.264 frame holds no picture", PictureAt);
        if (idr != isKey) throw Refused("FLV key mark and H.264 picture type differ", TagHeaderBytes);
    }

    private void MakeRoom(int count)
    {
        int held = _end - _start;
        if (held + count > _buffer.Length)
        {
            // Bounded: Read refuses a tag over the limit by its header, so what is held never exceeds one tag and one append.
            byte[] larger = new byte[Math.Max(_buffer.Length * 2, held + count)];
            _buffer.AsSpan(_start, held).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        }
        _start = 0;
        _end = held;
    }

    private MediaFormatException Refused(string rule, int at) => new(rule, _offset + at);
}
