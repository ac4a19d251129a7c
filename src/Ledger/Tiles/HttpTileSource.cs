using System.Net;

namespace Cinnabar.Ledger.Tiles;

/// <summary>Reads a log over HTTP from its prefix.</summary>
/// <remarks>The client's own time-out and TLS rules apply; redirects are the client's choice. The client stays the caller's.</remarks>
public sealed class HttpTileSource : ITileSource
{
    private readonly HttpClient _client;
    private readonly Uri _prefix;

    /// <summary>Names the prefix below which <c>checkpoint</c> and <c>tile/</c> lie; a slash at its end is added where it lacks.</summary>
    public HttpTileSource(HttpClient client, Uri prefix)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(prefix);
        _client = client;
        _prefix = prefix.AbsoluteUri.EndsWith('/') ? prefix : new Uri(prefix.AbsoluteUri + "/");
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        var bytes = await GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (bytes is not null || path.Kind == TileKind.Checkpoint || path.Width == TlogTiles.WidthMax)
        {
            return bytes;
        }

        // C2SP tlog-tiles: once the full tile is there, its parts may be gone.
        var full = await GetAsync(TileLimits.Full(path), cancellationToken).ConfigureAwait(false);
        return full is null ? null : TileLimits.Cut(full.Value, path);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> GetAsync(TilePath path, CancellationToken cancellationToken)
    {
        var address = new Uri(_prefix, path.ToString());
        try
        {
            using var response = await _client
                .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new TileSourceException($"{address} answered {(int)response.StatusCode}.");
            }
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await ReadBoundedAsync(body, address, TileLimits.LengthMax(path), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TileSourceException($"{address} cannot be read: {exception.Message}", exception);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBoundedAsync(
        Stream body, Uri address, int lengthMax, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > lengthMax)
            {
                throw new TileSourceException($"{address} is longer than the {lengthMax} bytes it can have.");
            }
            bytes.Write(chunk, 0, read);
        }
        return bytes.ToArray();
    }
}
