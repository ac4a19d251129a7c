using Cinnabar.Evidence.Checkpoints;

namespace Cinnabar.Ledger.Tiles;

/// <summary>Copies a log into a directory of static files: a backup, and a read interface for any web server.</summary>
public static class TileExport
{
    /// <summary>Writes every tile and bundle that the source's checkpoint covers, and the checkpoint last.</summary>
    /// <returns>The size of the exported tree.</returns>
    /// <remarks>
    /// Files that are there already are left alone, for they never change, so that a second export copies only what is new. Each file
    /// appears whole or not at all; a reader beside it always finds what its checkpoint names. Checks nothing: run fsck on the directory.
    /// </remarks>
    /// <exception cref="TileSourceException">Something that the checkpoint covers cannot be read.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static async Task<long> WriteAsync(ITileSource source, string directory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var note = await RequireAsync(source, TilePath.Checkpoint, cancellationToken).ConfigureAwait(false);
        if (!SignedNote.TryParse(note.Span, out var parsed) || !Checkpoint.TryParse(parsed.Text, out var checkpoint))
        {
            throw new TileSourceException("The source's checkpoint is malformed.");
        }
        foreach (var path in PathsOf(checkpoint.Size))
        {
            var file = Path.Combine(directory, path.ToString());
            if (!File.Exists(file))
            {
                await WriteFileAsync(file, await RequireAsync(source, path, cancellationToken).ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        await WriteFileAsync(Path.Combine(directory, TilePath.Checkpoint.ToString()), note, cancellationToken).ConfigureAwait(false);
        return checkpoint.Size;
    }

    /// <summary>Every path that a tree of this size has, parts in their exact width, the checkpoint not among them.</summary>
    public static IEnumerable<TilePath> PathsOf(long treeSize)
    {
        for (long index = 0; TlogTiles.Width(treeSize, 0, index) is > 0 and var width; index++)
        {
            yield return TilePath.Entries(index, width);
        }
        for (var level = 0; level < TlogTiles.LevelCount(treeSize); level++)
        {
            for (long index = 0; TlogTiles.Width(treeSize, level, index) is > 0 and var width; index++)
            {
                yield return TilePath.Hashes(level, index, width);
            }
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> RequireAsync(ITileSource source, TilePath path, CancellationToken cancellationToken) =>
        await source.ReadAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new TileSourceException($"The source has no {path}, which its checkpoint covers.");

    private static async Task WriteFileAsync(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = file + ".new";
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, file, overwrite: true);
    }
}
