using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Fsck;

/// <summary>Recomputes a whole log from its bytes: entries, leaf hashes, tiles of every level, root, signature. One instance, one run.</summary>
/// <remarks>
/// Trusts nothing but the keys it is given. Reads through <see cref="ITileSource"/>, so it checks a running station over HTTP, a store, or a
/// directory on a stick alike. A log that grows meanwhile is checked up to the checkpoint read at the start.
/// Steps: docs/formats/tiles.md, section 4.
/// </remarks>
public sealed class LogFsck
{
    /// <summary>Bundles read and hashed side by side: 32, at most 16 MiB each, 8,192 entries.</summary>
    private const int Stride = 32;

    private readonly ITileSource _source;
    private readonly EntryCheck? _check;
    private readonly List<List<Digest>> _levels = [];
    private readonly List<long> _done = [];
    private long _size;
    private long _checked;

    /// <summary>Names the log to be checked.</summary>
    /// <param name="source">Where it is read.</param>
    /// <param name="check">The court's own check of every entry, or null to check hashes only.</param>
    public LogFsck(ITileSource source, EntryCheck? check)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _check = check;
    }

    /// <summary>Checks everything, or up to the first thing that is wrong.</summary>
    /// <param name="origin">The log's name.</param>
    /// <param name="keys">Keys that may sign its checkpoints.</param>
    /// <param name="progress">Told after each stride; may be null.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="TileSourceException">The source could not be read: nothing is known about the log.</exception>
    public async Task<FsckReport> RunAsync(
        string origin, IReadOnlyList<NoteKey> keys, IProgress<FsckProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(keys);
        try
        {
            // 1. The checkpoint is there and signed by a known key.
            var checkpoint = await ReadCheckpointAsync(origin, keys, cancellationToken).ConfigureAwait(false);
            _size = checkpoint.Size;

            // 2 to 5 for every tile of leaf hashes and those above it.
            var tiles = (_size + TlogTiles.WidthMax - 1) / TlogTiles.WidthMax;
            for (long first = 0; first < tiles; first += Stride)
            {
                var count = (int)Math.Min(Stride, tiles - first);
                foreach (var leaves in await CheckStrideAsync(first, count, cancellationToken).ConfigureAwait(false))
                {
                    await AddTileAsync(leaves, cancellationToken).ConfigureAwait(false);
                }
                progress?.Report(new FsckProgress(_checked, _size));
            }
            await CheckUnfinishedAsync(cancellationToken).ConfigureAwait(false);

            // 6. The root is the signed one.
            var root = Frontier.FromSubtrees(_size, TlogTiles.Subtrees(Unfinished)).Root;
            return root == checkpoint.Root
                ? new FsckReport(FsckVerdict.Sound, "", -1, _size, _checked, root)
                : new FsckReport(FsckVerdict.RootMismatch, $"The entries lead to the root {root}, the checkpoint says {checkpoint.Root}.", -1, _size, _checked, root);
        }
        catch (FsckFault fault)
        {
            return new FsckReport(fault.Verdict, fault.Message, fault.EntryIndex, _size, _checked, default);
        }
    }

    private async ValueTask<Checkpoint> ReadCheckpointAsync(string origin, IReadOnlyList<NoteKey> keys, CancellationToken cancellationToken)
    {
        var note = await _source.ReadAsync(TilePath.Checkpoint, cancellationToken).ConfigureAwait(false)
            ?? throw new FsckFault(FsckVerdict.CheckpointMissing, "There is no checkpoint.");
        var verdict = CheckpointVerifier.Verify(note.Span, origin, keys, out var checkpoint);
        return verdict == CheckpointVerdict.Valid
            ? checkpoint!
            : throw new FsckFault(FsckVerdict.CheckpointRefused, $"The checkpoint is refused: {verdict} ({(int)verdict}).");
    }

    /// <summary>Steps 2 to 4 for some tiles side by side; the fault that stands first in the log is the one reported.</summary>
    private async Task<IReadOnlyList<Digest[]>> CheckStrideAsync(long first, int count, CancellationToken cancellationToken)
    {
        var tiles = Enumerable.Range(0, count)
            .Select(i => Task.Run(() => CheckTileAsync(first + i, cancellationToken), cancellationToken))
            .ToArray();
        await Task.WhenAll(tiles).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        var leaves = new List<Digest[]>(count);
        foreach (var tile in tiles)
        {
            leaves.Add(await tile.ConfigureAwait(false));
            _checked += leaves[^1].Length;
        }
        return leaves;
    }

    private async Task<Digest[]> CheckTileAsync(long index, CancellationToken cancellationToken)
    {
        // 2. The bundle is there and holds its entries.
        var width = TlogTiles.Width(_size, 0, index);
        var firstEntry = index * TlogTiles.WidthMax;
        var path = TilePath.Entries(index, width);
        var bundle = await _source.ReadAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new FsckFault(FsckVerdict.EntriesMissing, $"{path} is missing.", firstEntry);
        if (!EntryBundle.TryDecode(bundle, width, out var entries))
        {
            throw new FsckFault(FsckVerdict.EntriesMalformed, $"{path} does not hold exactly {width} entries.", firstEntry);
        }

        var leaves = new Digest[width];
        for (var i = 0; i < width; i++)
        {
            // 3. The entry passes the court's own check.
            if (_check?.Invoke(new SequencedEntry(firstEntry + i, entries[i])) is { } refusal)
            {
                throw new FsckFault(FsckVerdict.EntryRefused, $"Entry {firstEntry + i} is refused: {refusal}", firstEntry + i);
            }
            leaves[i] = TreeHash.OfLeaf(entries[i].Span);
        }

        // 4. The tile of leaf hashes follows from the entries.
        var stored = await ReadTileAsync(0, index, width, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < width; i++)
        {
            if (stored[i] != leaves[i])
            {
                throw new FsckFault(
                    FsckVerdict.EntryMismatch, $"Entry {firstEntry + i} has the hash {leaves[i]}, its tile says {stored[i]}.", firstEntry + i);
            }
        }
        return leaves;
    }

    private async ValueTask<Digest[]> ReadTileAsync(int level, long index, int width, CancellationToken cancellationToken)
    {
        var path = TilePath.Hashes(level, index, width);
        var tile = await _source.ReadAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new FsckFault(FsckVerdict.TileMissing, $"{path} is missing.");
        return tile.Length == width * Digest.LengthBytes
            ? TlogTiles.Decode(tile.Span)
            : throw new FsckFault(FsckVerdict.TileMalformed, $"{path} has {tile.Length} bytes, not {width * Digest.LengthBytes}.");
    }

    /// <summary>Takes a checked tile of leaf hashes into the levels above; a tile above that becomes full is compared and goes up itself.</summary>
    private async ValueTask AddTileAsync(Digest[] hashes, CancellationToken cancellationToken)
    {
        Level(0).Clear();
        Level(0).AddRange(hashes);
        for (var level = 0; Level(level).Count == TlogTiles.WidthMax; level++)
        {
            var full = Level(level);
            if (level > 0)
            {
                await CompareAsync(level, full, cancellationToken).ConfigureAwait(false);
            }
            Level(level + 1).Add(MerkleTree.Root(full.ToArray()));
            full.Clear();
            _done[level]++;
        }
    }

    /// <summary>5. Every tile above the leaves follows from the tiles below.</summary>
    private async ValueTask CompareAsync(int level, List<Digest> computed, CancellationToken cancellationToken)
    {
        var index = _done[level];
        var stored = await ReadTileAsync(level, index, computed.Count, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < computed.Count; i++)
        {
            if (stored[i] != computed[i])
            {
                throw new FsckFault(
                    FsckVerdict.TileMismatch,
                    $"Hash {i} of {TilePath.Hashes(level, index, computed.Count)} is {stored[i]}, the tiles below lead to {computed[i]}.");
            }
        }
    }

    private async ValueTask CheckUnfinishedAsync(CancellationToken cancellationToken)
    {
        for (var level = 1; level < _levels.Count; level++)
        {
            if (_levels[level].Count > 0)
            {
                await CompareAsync(level, _levels[level], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Peaks of the tree lie in unfinished tiles only, and those are still here.</summary>
    private ReadOnlyMemory<Digest> Unfinished(int level, long index) => _levels[level].ToArray();

    private List<Digest> Level(int level)
    {
        if (level == _levels.Count)
        {
            _levels.Add([]);
            _done.Add(0);
        }
        return _levels[level];
    }

    /// <summary>Ends the run with a finding.</summary>
    private sealed class FsckFault(FsckVerdict verdict, string sentence, long entryIndex = -1) : Exception(sentence)
    {
        public FsckVerdict Verdict { get; } = verdict;

        public long EntryIndex { get; } = entryIndex;
    }
}
