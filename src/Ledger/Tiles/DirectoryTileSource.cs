namespace Cinnabar.Ledger.Tiles;

/// <summary>Reads a log from a directory laid out as the paths say: an export, a backup, a mirror on a stick.</summary>
public sealed class DirectoryTileSource : ITileSource
{
    private readonly string _directory;

    /// <summary>Names the directory that holds <c>checkpoint</c> and <c>tile/</c>.</summary>
    public DirectoryTileSource(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _directory = directory;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        var bytes = await ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (bytes is not null || path.Kind == TileKind.Checkpoint || path.Width == TlogTiles.WidthMax)
        {
            return bytes;
        }
        var full = await ReadFileAsync(TileLimits.Full(path), cancellationToken).ConfigureAwait(false);
        return full is null ? null : TileLimits.Cut(full.Value, path);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadFileAsync(TilePath path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(_directory, path.ToString()));
        try
        {
            if (!file.Exists)
            {
                return null;
            }
            if (file.Length > TileLimits.LengthMax(path))
            {
                throw new TileSourceException($"{file.FullName} has {file.Length} bytes, more than {path} can have.");
            }
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TileSourceException($"{file.FullName} cannot be read: {exception.Message}", exception);
        }
    }
}
