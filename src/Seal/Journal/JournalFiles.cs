using Cinnabar.Evidence;

namespace Cinnabar.Seal.Journal;

/// <summary>The files of the journal: where a number is found, where the next is written, what may be dropped.</summary>
/// <remarks>One thread writes; any number read and acknowledge.</remarks>
internal sealed class JournalFiles : IDisposable
{
    /// <summary>Numbers left out behind a file that cannot be read: a gap is told and explained, a number given twice looks like a clone.</summary>
    private const long UnreadableGap = 1_000_000;

    private readonly string _folder;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly List<JournalSegment> _segments;
    private readonly Lock _gate = new();
    private AckMark _mark;
    private AckMark _savedMark;
    private long _bytesWritten;

    private JournalFiles(string folder, JournalOptions options, TimeProvider time, List<JournalSegment> segments, AckMark mark)
    {
        _folder = folder;
        _options = options;
        _time = time;
        _segments = segments;
        _mark = _savedMark = mark;
    }

    public JournalCondition Condition { get; private init; }

    /// <summary>Last number found at the start.</summary>
    public long Last { get; private init; }

    public Digest LastHash { get; private init; }

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public long Acked
    {
        get
        {
            lock (_gate)
            {
                return _mark.Sequence;
            }
        }
    }

    /// <exception cref="IOException">The folder cannot be made or listed.</exception>
    public static JournalFiles Open(string folder, JournalOptions options, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var mark = AckMark.Read(folder);
        var (last, hash) = (mark.Sequence, mark.Hash);

        // Only the last file can have been torn by the last stop; damage in earlier ones was told when they were last.
        var torn = false;
        var segments = new List<JournalSegment>();
        foreach (var path in Directory.GetFileSystemEntries(folder, "*" + JournalSegment.Extension).Order(StringComparer.Ordinal))
        {
            try
            {
                var segment = JournalSegment.Open(path);
                segments.Add(segment);
                torn = segment.TornTail || segment.Holed;
                if (segment.Last > last)
                {
                    (last, hash) = (segment.Last, segment.HashOf(segment.Last));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                torn = true;
                last = Math.Max(last, JournalSegment.FirstOf(path) + UnreadableGap);
                hash = hash.IsZero ? Digest.Of("journal unreadable"u8) : hash;
            }
        }

        return new JournalFiles(folder, options, time, segments, mark)
        {
            Last = last,
            LastHash = hash,
            Condition = torn ? JournalCondition.Torn : last == 0 ? JournalCondition.New : JournalCondition.Intact,
        };
    }

    /// <summary>Writes statements in order and syncs them.</summary>
    /// <exception cref="IOException">The disk refused; none of these counts as written, and all may be given again.</exception>
    public void Write(IReadOnlyList<(long Sequence, ReadOnlyMemory<byte> Statement)> statements)
    {
        var active = Active(statements[0].Sequence);
        try
        {
            lock (_gate)
            {
                foreach (var (sequence, statement) in statements)
                {
                    _bytesWritten += active.Write(sequence, statement.Span);
                }
            }

            // Outside the lock: a slow sync must not keep the uplink from reading what is long on the disk.
            active.Sync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_gate)
            {
                active.RollBack();
            }

            throw e as IOException ?? new IOException(e.Message, e);
        }
    }

    public bool TryRead(long sequence, out byte[] statement)
    {
        lock (_gate)
        {
            try
            {
                foreach (var segment in _segments)
                {
                    if (segment.TryRead(sequence, out statement))
                    {
                        return true;
                    }
                }
            }
            catch (IOException)
            {
                // An unreadable place is a gap, which the court records; it must not stop what comes after it.
            }
        }

        statement = [];
        return false;
    }

    public void AckThrough(long sequence, Digest hash)
    {
        lock (_gate)
        {
            if (sequence > _mark.Sequence)
            {
                _mark = new AckMark(sequence, hash);
            }
        }
    }

    /// <summary>Saves the mark if it moved, and drops files whose every statement is acknowledged and old enough.</summary>
    /// <exception cref="IOException">The disk refused; the court will be asked again at the next connection.</exception>
    public void Tidy()
    {
        AckMark mark;
        lock (_gate)
        {
            mark = _mark;
        }

        if (mark != _savedMark)
        {
            Interlocked.Add(ref _bytesWritten, mark.Write(_folder));
            _savedMark = mark;
        }

        var oldest = _time.GetUtcNow() - _options.Retention;
        while (_segments.Count > 1 && _segments[0].Last <= mark.Sequence && File.GetLastWriteTimeUtc(_segments[0].Path) < oldest)
        {
            lock (_gate)
            {
                _segments[0].Dispose();
                File.Delete(_segments[0].Path);
                _segments.RemoveAt(0);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _segments.ForEach(s => s.Dispose());
        }
    }

    private JournalSegment Active(long next)
    {
        lock (_gate)
        {
            if (_segments.Count == 0 || _segments[^1].Holed || _segments[^1].Length >= _options.SegmentBytes)
            {
                _segments.Add(JournalSegment.Begin(_folder, next));
            }

            return _segments[^1];
        }
    }
}
