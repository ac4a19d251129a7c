using Cinnabar.Evidence;
using Cinnabar.Seal.Keys;
using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Journal;

/// <summary>One file of the journal, named after the first sequence number in it. Not thread-safe: the journal locks.</summary>
internal sealed class JournalSegment : IDisposable
{
    public const string Extension = ".journal";

    private readonly SortedList<long, (long Offset, int Length)> _entries = [];
    private SafeFileHandle? _reading;
    private SafeFileHandle? _writing;

    private JournalSegment(string path) => Path = path;

    public string Path { get; }

    /// <summary>Bytes up to the end of the last sound record; the next is written here.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes up to which an fsync succeeded.</summary>
    public long Durable { get; private set; }

    public long Last => _entries.Count == 0 ? 0 : _entries.Keys[^1];

    public IList<long> Sequences => _entries.Keys;

    /// <summary>True when bytes behind the last sound record were found; they are cut off by the first write.</summary>
    public bool TornTail { get; private set; }

    /// <summary>True when damage stands before a sound record; nothing more is written to such a file.</summary>
    public bool Holed { get; private set; }

    /// <summary>A file that does not exist yet; the first write makes it.</summary>
    public static JournalSegment Begin(string folder, long firstSequence) =>
        new(System.IO.Path.Combine(folder, firstSequence.ToString("D20", System.Globalization.CultureInfo.InvariantCulture) + Extension));

    /// <summary>Opens a file and finds its records. It is read only, until something is to be written: a seal starts on a disk that fails.</summary>
    /// <remarks>
    /// Damage before a sound record is stepped over, not cut: what stands behind it may have been sent already, and its
    /// numbers must not be given out again.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static JournalSegment Open(string path)
    {
        var segment = new JournalSegment(path);
        try
        {
            segment.Scan();
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>The first number in a file, from its name.</summary>
    public static long FirstOf(string path) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture, out var first) ? first : 0;

    /// <summary>Writes a record behind the last one. A failed write leaves the length as it was, so it may simply be repeated.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public int Write(long sequence, ReadOnlySpan<byte> statement)
    {
        var frame = JournalFrame.Encode(sequence, statement);
        RandomAccess.Write(Writing(), frame, Length);
        _entries[sequence] = (Length + JournalFrame.HeadBytes, statement.Length);
        Length += frame.Length;
        return frame.Length;
    }

    /// <exception cref="IOException">The disk refused: nothing since the last success may be taken for written.</exception>
    public void Sync()
    {
        RandomAccess.FlushToDisk(Writing());
        Durable = Length;
    }

    /// <summary>
    /// Forgets what was written since the last successful fsync. After a failed fsync the kernel counts the pages as
    /// clean although they are not on the disk; only writing them again brings them there.
    /// </summary>
    public void RollBack()
    {
        for (var i = _entries.Count - 1; i >= 0 && _entries.Values[i].Offset >= Durable; i--)
        {
            _entries.RemoveAt(i);
        }

        Length = Durable;
    }

    public bool TryRead(long sequence, out byte[] statement)
    {
        statement = [];
        if (!_entries.TryGetValue(sequence, out var place))
        {
            return false;
        }

        statement = new byte[place.Length];
        _reading ??= File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
        return RandomAccess.Read(_reading, statement, place.Offset) == place.Length;
    }

    public Digest HashOf(long sequence) => TryRead(sequence, out var bytes) ? Digest.Of(bytes) : default;

    public void Dispose()
    {
        _reading?.Dispose();
        _writing?.Dispose();
    }

    private SafeFileHandle Writing()
    {
        if (_writing is null)
        {
            var made = !File.Exists(Path);
            var handle = File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(handle) > Length)
            {
                RandomAccess.SetLength(handle, Length);
            }

            if (made)
            {
                Posix.SyncFolder(System.IO.Path.GetDirectoryName(Path)!);
            }

            _writing = handle;
        }

        return _writing;
    }

    private void Scan()
    {
        using var handle = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[RandomAccess.GetLength(handle)];
        for (int read = 0, count; read < bytes.Length && (count = RandomAccess.Read(handle, bytes.AsSpan(read), read)) > 0;)
        {
            read += count;
        }

        var position = 0;
        while (position < bytes.Length)
        {
            if (JournalFrame.TryRead(bytes.AsSpan(position), out var sequence, out var statement))
            {
                Holed |= position > Length;
                _entries[sequence] = (position + JournalFrame.HeadBytes, statement.Length);
                position += JournalFrame.HeadBytes + statement.Length;
                Length = position;
            }
            else
            {
                position++;
            }
        }

        TornTail = Length < bytes.Length;

        // Whatever a crashed predecessor wrote and could be read back is synced together with our own first record.
        Durable = Length;
    }
}
