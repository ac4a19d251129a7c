using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Storage;

/// <summary>A log in memory: for simulations, measurements and trial runs. Durable as long as the object lives, and no longer.</summary>
/// <remarks>
/// <see cref="Dispose"/> does nothing, so that the same object can be opened again as after a restart. Safe for concurrent callers.
/// </remarks>
public sealed class MemoryLogStore : ILogStore
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _entries = [];
    private readonly Dictionary<Digest, long> _ids = [];
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    private readonly SortedList<long, byte[]> _checkpoints = [];
    private readonly List<long> _marks = [];
    private StoredHead? _head;

    /// <inheritdoc/>
    public StoredHead? ReadHead()
    {
        lock (_gate)
        {
            return _head;
        }
    }

    /// <inheritdoc/>
    public void Append(LogCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_gate)
        {
            if (commit.OldSize != _entries.Count)
            {
                throw new LogStoreException(
                    LogStoreFailure.Conflict, $"The log has {_entries.Count} entries, the writer expected {commit.OldSize}.");
            }
            foreach (var entry in commit.Entries)
            {
                _ids[entry.Id] = _entries.Count;
                _entries.Add(entry.Bytes.ToArray());
            }
            foreach (var tile in commit.Tiles)
            {
                _tiles[(tile.Level, tile.Index)] = tile.Hashes.ToArray();
            }
            _marks.AddRange(commit.Marks);
            if (!commit.Checkpoint.IsEmpty)
            {
                _checkpoints[commit.Head.Size] = commit.Checkpoint.ToArray();
            }
            _head = new StoredHead(commit.Head.Size, commit.Head.Root, commit.Head.Encode());
        }
    }

    /// <inheritdoc/>
    public void SaveCheckpoint(long size, ReadOnlyMemory<byte> note)
    {
        lock (_gate)
        {
            _checkpoints[size] = note.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Tidy()
    {
    }

    /// <inheritdoc/>
    public byte[]? ReadEntry(long index)
    {
        lock (_gate)
        {
            return index >= 0 && index < _entries.Count ? _entries[(int)index] : null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ReadEntries(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            return first >= _entries.Count ? [] : _entries.GetRange((int)first, Math.Min(count, _entries.Count - (int)first));
        }
    }

    /// <inheritdoc/>
    public long? FindEntry(Digest id)
    {
        lock (_gate)
        {
            return _ids.TryGetValue(id, out var index) ? index : null;
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadTile(int level, long index)
    {
        lock (_gate)
        {
            return _tiles.GetValueOrDefault((level, index));
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadCheckpoint(long size)
    {
        lock (_gate)
        {
            return _checkpoints.GetValueOrDefault(size);
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadLastCheckpoint()
    {
        lock (_gate)
        {
            return _checkpoints.Count == 0 ? null : _checkpoints.GetValueAtIndex(_checkpoints.Count - 1);
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadCheckpointUpTo(long size)
    {
        lock (_gate)
        {
            var low = 0;
            for (var high = _checkpoints.Count; low < high;)
            {
                var middle = (low + high) / 2;
                (low, high) = _checkpoints.GetKeyAtIndex(middle) <= size ? (middle + 1, high) : (low, middle);
            }
            return low == 0 ? null : _checkpoints.GetValueAtIndex(low - 1);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> ReadMarks()
    {
        lock (_gate)
        {
            return [.. _marks];
        }
    }

    /// <summary>Does nothing: the log lives as long as the object.</summary>
    public void Dispose()
    {
    }
}
