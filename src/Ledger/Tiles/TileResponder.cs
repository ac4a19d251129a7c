namespace Cinnabar.Ledger.Tiles;

/// <summary>Answers the paths of the read interface; the web server only has to map them. Safe for concurrent callers.</summary>
/// <remarks>Tiles and bundles never change, parts included, so they may be cached for good; the checkpoint is asked for each time.</remarks>
public sealed class TileResponder
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    private readonly ITileSource _source;

    /// <summary>Answers from this source.</summary>
    public TileResponder(ITileSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
    }

    /// <summary>The answer for a path below the log's prefix, without a leading slash. Null means 404: no such path, or nothing there.</summary>
    /// <exception cref="TileSourceException">The log cannot be read just now: 503.</exception>
    public async ValueTask<TileResponse?> RespondAsync(string path, CancellationToken cancellationToken)
    {
        if (!TilePath.TryParse(path, out var parsed)
            || await _source.ReadAsync(parsed, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }
        return parsed.Kind == TileKind.Checkpoint
            ? new TileResponse(bytes, "text/plain; charset=utf-8", AskAgain)
            : new TileResponse(bytes, "application/octet-stream", Forever);
    }
}
