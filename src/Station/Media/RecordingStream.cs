namespace Cinnabar.Station.Media;

/// <summary>A recording as one MP4 without holding it in memory: the initialisation segment, then pieces of the file. Seekable, read-only.</summary>
internal sealed class RecordingStream : Stream
{
    private readonly byte[] _head;
    private readonly FileStream _file;
    private readonly List<(long Start, long Position, long Length)> _pieces = [];
    private long _position;

    /// <param name="head">Initialisation segment.</param>
    /// <param name="file">The recording's file; disposed with this.</param>
    /// <param name="fragments">In the order in which they are to be read; neighbours in the file become one piece.</param>
    public RecordingStream(byte[] head, FileStream file, IEnumerable<FragmentRow> fragments)
    {
        _head = head;
        _file = file;
        Length = head.Length;
        foreach (var fragment in fragments)
        {
            if (_pieces is [.., var last] && last.Position + last.Length == fragment.Position)
            {
                _pieces[^1] = last with { Length = last.Length + fragment.Length };
            }
            else
            {
                _pieces.Add((Length, fragment.Position, fragment.Length));
            }

            Length += fragment.Length;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position < _head.Length)
        {
            var part = _head.AsSpan((int)_position);
            var length = Math.Min(part.Length, buffer.Length);
            part[..length].CopyTo(buffer);
            _position += length;
            return length;
        }

        if (Find(_position) is not { } piece || buffer.IsEmpty)
        {
            return 0;
        }

        var inside = _position - piece.Start;
        _file.Position = piece.Position + inside;
        var read = _file.Read(buffer[..(int)Math.Min(buffer.Length, piece.Length - inside)]);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private (long Start, long Position, long Length)? Find(long position)
    {
        var (low, high) = (0, _pieces.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (position < _pieces[middle].Start)
            {
                high = middle - 1;
            }
            else if (position >= _pieces[middle].Start + _pieces[middle].Length)
            {
                low = middle + 1;
            }
            else
            {
                return _pieces[middle];
            }
        }

        return null;
    }
}
