using System.Buffers.Binary;

namespace Cinnabar.Seal.Camera;

/// <summary>Cuts a stream of JPEGs at their true ends by walking the markers (ITU-T T.81, annex B). Not thread safe.</summary>
internal sealed class JpegReader
{
    /// <summary>Largest picture accepted.</summary>
    internal const int PictureBytesMax = 1024 * 1024;

    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte StartOfFrame = 0xC0;

    private readonly List<byte> _picture = [];
    private long _offset;
    private int _next;
    private int _segmentAt = 2;
    private bool _inScan;
    private int _width;
    private int _height;

    /// <summary>Takes bytes and returns the pictures they complete.</summary>
    /// <exception cref="MediaFormatException">The bytes are no sequence of baseline JPEGs, or one is too large.</exception>
    internal IReadOnlyList<JpegPicture> Append(ReadOnlySpan<byte> bytes)
    {
        List<JpegPicture> done = [];
        foreach (byte b in bytes)
        {
            _picture.Add(b);
            _offset++;
            if (_picture.Count > PictureBytesMax) throw Refused($"JPEG is over the limit of {PictureBytesMax} bytes");
            // _next is the length at which the next marker or segment is whole; in a scan every byte may end it.
            if (_picture.Count >= _next && Step() is { } picture) done.Add(picture);
        }
        return done;
    }

    private JpegPicture? Step()
    {
        int count = _picture.Count;
        if (count == 1 && _picture[0] != 0xFF) throw Refused("JPEG does not begin with a marker");
        if (count < 2) return null;
        if (count == 2)
        {
            if (_picture[1] != StartOfImage) throw Refused("JPEG start of image is missing");
            _next = 6; // FF marker, two bytes of length
            return null;
        }
        return _inScan ? Scan() : Segment();
    }

    private JpegPicture? Segment()
    {
        // Here a segment's marker and length end the buffer, or the segment itself does.
        int start = _segmentAt;
        if (_picture.Count == start + 4)
        {
            if (_picture[start] != 0xFF || _picture[start + 1] is < StartOfFrame or StartOfImage or EndOfImage) throw Refused("JPEG segment is malformed");
            int length = (_picture[start + 2] << 8) | _picture[start + 3];
            if (length < 2) throw Refused("JPEG segment length is malformed");
            _next = start + 2 + length;
            if (length > 2) return null;
        }
        byte marker = _picture[start + 1];
        if (marker == StartOfFrame) ReadSize(start + 4);
        _inScan = marker == StartOfScan;
        _segmentAt = _picture.Count;
        _next = _inScan ? 0 : _segmentAt + 4;
        return null;
    }

    private void ReadSize(int at)
    {
        if (_picture.Count < at + 6) throw Refused("JPEG frame header is cut short");
        Span<byte> size = [_picture[at + 1], _picture[at + 2], _picture[at + 3], _picture[at + 4]];
        _height = BinaryPrimitives.ReadUInt16BigEndian(size);
        _width = BinaryPrimitives.ReadUInt16BigEndian(size[2..]);
        if (_height == 0 || _width == 0) throw Refused("JPEG has no size");
    }

    private JpegPicture? Scan()
    {
        // Inside a scan FF is followed by 00 (a stuffed byte), by a restart marker, or by the end.
        if (_picture.Count - _segmentAt < 2 || _picture[^2] != 0xFF) return null;
        byte marker = _picture[^1];
        if (marker is 0 or (>= 0xD0 and <= 0xD7) or 0xFF) return null;
        if (marker != EndOfImage) throw Refused("JPEG holds more than one scan");
        if (_width == 0) throw Refused("JPEG has no frame header");
        JpegPicture picture = new(_picture.ToArray(), _width, _height);
        _picture.Clear();
        (_next, _segmentAt, _inScan, _width, _height) = (0, 2, false, 0, 0);
        return picture;
    }

    private MediaFormatException Refused(string rule) => new(rule, _offset);
}
