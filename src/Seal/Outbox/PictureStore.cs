using Cinnabar.Evidence;
using Cinnabar.Seal.Keys;

namespace Cinnabar.Seal.Outbox;

/// <summary>Pictures the court does not have yet: in a folder, so that a power cut does not take them, or in memory when the disk refuses.</summary>
/// <remarks>Thread-safe. Newest first out: after a night offline the officer needs this minute's picture, then the older ones.</remarks>
internal sealed class PictureStore
{
    private const string Extension = ".jpg";
    private const int PicturesMax = 500;

    /// <summary>A picture that the station has not confirmed in this time is offered again.</summary>
    private static readonly TimeSpan s_repeat = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly LinkedList<Digest> _newestFirst = [];
    private readonly Dictionary<Digest, Waiting> _waiting = [];

    public PictureStore(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var path in Directory.GetFiles(folder, "*" + Extension).OrderBy(File.GetLastWriteTimeUtc))
            {
                if (Digest.TryParseHex(Path.GetFileNameWithoutExtension(path), out var hash))
                {
                    _newestFirst.AddFirst(hash);
                    _waiting[hash] = new Waiting(null, null);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a folder pictures live in memory; the journal, on the same disk, tells of the disk.
        }
    }

    /// <summary>Keeps a picture until <see cref="Kept"/>. Writes to the disk: not for the reflex itself.</summary>
    public void Add(Digest hash, ReadOnlyMemory<byte> jpeg)
    {
        var stored = TryStore(hash, jpeg);
        lock (_gate)
        {
            if (_waiting.TryAdd(hash, new Waiting(stored ? (ReadOnlyMemory<byte>?)null : jpeg, null)))
            {
                _newestFirst.AddFirst(hash);
            }

            while (_newestFirst.Count > PicturesMax)
            {
                Remove(_newestFirst.Last!.Value);
            }
        }
    }

    /// <summary>The next picture to send, counted as sent.</summary>
    public bool TryTake(out Digest hash, out ReadOnlyMemory<byte> jpeg)
    {
        lock (_gate)
        {
            foreach (var candidate in _newestFirst.ToArray())
            {
                var waiting = _waiting[candidate];
                if (waiting.SentAt is { } sent && _time.GetElapsedTime(sent) < s_repeat)
                {
                    continue;
                }

                if (waiting.Memory is { } memory || TryLoad(candidate, out memory))
                {
                    (hash, jpeg) = (candidate, memory);
                    _waiting[candidate] = waiting with { SentAt = _time.GetTimestamp() };
                    return true;
                }

                Remove(candidate);
            }
        }

        (hash, jpeg) = (default, default);
        return false;
    }

    /// <summary>A new connection: whatever was not confirmed is sent again.</summary>
    public void SendAgain()
    {
        lock (_gate)
        {
            foreach (var hash in _newestFirst)
            {
                _waiting[hash] = _waiting[hash] with { SentAt = null };
            }
        }
    }

    /// <summary>The court has it.</summary>
    public void Kept(Digest hash)
    {
        lock (_gate)
        {
            Remove(hash);
        }
    }

    private void Remove(Digest hash)
    {
        if (!_waiting.Remove(hash))
        {
            return;
        }

        _newestFirst.Remove(hash);
        try
        {
            File.Delete(PathOf(hash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It will be offered once more after the next start, and confirmed again.
        }
    }

    private bool TryStore(Digest hash, ReadOnlyMemory<byte> jpeg)
    {
        try
        {
            AtomicFile.Write(PathOf(hash), jpeg.Span);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool TryLoad(Digest hash, out ReadOnlyMemory<byte> jpeg)
    {
        try
        {
            var bytes = File.ReadAllBytes(PathOf(hash));
            jpeg = bytes;
            return Digest.Of(bytes) == hash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            jpeg = default;
            return false;
        }
    }

    private string PathOf(Digest hash) => Path.Combine(_folder, hash + Extension);

    private sealed record Waiting(ReadOnlyMemory<byte>? Memory, long? SentAt);
}
