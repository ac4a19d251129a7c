using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>A book in memory: for simulations and trial runs. Durable as long as the object lives, and no longer.</summary>
/// <remarks><see cref="Dispose"/> does nothing, so that the same object can be opened again as after a restart. Safe for concurrent callers.</remarks>
public sealed class MemoryAnchorBookStore : IAnchorBookStore
{
    private const int AlarmsLoadedMax = 1000;

    private readonly Lock _gate = new();
    private readonly List<AnchorBlock> _blocks = [];
    private readonly List<long> _blockSegments = [];
    private readonly List<AnchorAlarm> _alarms = [];
    private readonly SortedDictionary<(Digest Log, long Size), OwedAnchor> _owed = [];
    private readonly Dictionary<Digest, OwnLog> _own = [];
    private AnchorSegment? _segment;

    /// <inheritdoc/>
    public AnchorBookRows Load()
    {
        lock (_gate)
        {
            var newest = _blocks
                .Where((_, i) => _blockSegments[i] == _segment?.Serial)
                .GroupBy(block => block.Anchor.Log)
                .Select(log => log.MaxBy(block => block.Anchor.Size)!.Anchor);
            return new AnchorBookRows(
                _segment, [.. newest], [.. _owed.Values], [.. _own.Values], [.. _alarms.TakeLast(AlarmsLoadedMax)], _blocks.LastOrDefault());
        }
    }

    /// <inheritdoc/>
    public void Commit(AnchorBookChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            _segment = change.Segment ?? _segment;
            if (change.Block is { } block)
            {
                _blocks.Add(block);
                _blockSegments.Add(_segment!.Serial);
            }

            if (change.Alarm is { } alarm)
            {
                _alarms.Add(alarm);
            }

            if (change.Own is { } own)
            {
                _own[own.Log] = own;
            }

            foreach (var anchor in change.Settled)
            {
                _owed.Remove((anchor.Log, anchor.Size));
            }

            foreach (var owed in change.Owed)
            {
                _owed[(owed.Anchor.Log, owed.Anchor.Size)] = owed;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<AnchorBlock> ReadBlocks(long after, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            return after >= _blocks.Count ? [] : _blocks.GetRange((int)after, Math.Min(count, _blocks.Count - (int)after));
        }
    }

    /// <inheritdoc/>
    public AnchorBlock? FindBlock(Digest segment, long number)
    {
        lock (_gate)
        {
            return _blocks.LastOrDefault(block => block.Segment == segment && block.Number == number);
        }
    }

    /// <inheritdoc/>
    public AnchorBlock? FindAnchor(Digest log, long size)
    {
        lock (_gate)
        {
            return _blocks.Where(block => block.Anchor.Log == log && block.Anchor.Size >= size).MinBy(block => block.Anchor.Size);
        }
    }

    /// <inheritdoc/>
    public AnchorBlock? FindAnchorUpTo(Digest log, long size)
    {
        lock (_gate)
        {
            return _blocks.Where(block => block.Anchor.Log == log && block.Anchor.Size <= size).MaxBy(block => block.Anchor.Size);
        }
    }

    /// <summary>Does nothing: the book lives as long as the object.</summary>
    public void Dispose()
    {
    }
}
