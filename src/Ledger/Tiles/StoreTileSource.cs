using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tiles;

/// <summary>Reads a log straight from its store, as far as its last signed checkpoint reaches and no further.</summary>
/// <remarks>Trusts the size on the stored checkpoint without checking the signature: who reads checks it, as with any source.</remarks>
public sealed class StoreTileSource : ITileSource
{
    private readonly ILogStore _store;
    private long _signedSize;

    /// <summary>Reads from a store that outlives this object.</summary>
    public StoreTileSource(ILogStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(Read(path));
        }
        catch (LogStoreException exception)
        {
            throw new TileSourceException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private ReadOnlyMemory<byte>? Read(TilePath path)
    {
        if (path.Kind == TileKind.Checkpoint)
        {
            return Optional(_store.ReadLastCheckpoint());
        }
        if (!IsSigned(path))
        {
            return null;
        }
        if (path.Kind == TileKind.Entries)
        {
            var entries = _store.ReadEntries(path.Index * TlogTiles.WidthMax, path.Width);
            return entries.Count == path.Width ? EntryBundle.Encode(entries) : Nothing;
        }
        var length = path.Width * Digest.LengthBytes;
        return _store.ReadTile(path.Level, path.Index) is { } tile && tile.Length >= length ? tile.AsMemory(..length) : Nothing;
    }

    /// <summary>No bytes at all; a bare null beside an array would become a value of no length.</summary>
    private static ReadOnlyMemory<byte>? Nothing => null;

    private static ReadOnlyMemory<byte>? Optional(byte[]? bytes) => bytes is null ? Nothing : bytes;

    private bool IsSigned(TilePath path)
    {
        if (TlogTiles.Width(Volatile.Read(ref _signedSize), path.Level, path.Index) < path.Width
            && _store.ReadLastCheckpoint() is { } note
            && SignedNote.TryParse(note, out var parsed)
            && Checkpoint.TryParse(parsed.Text, out var checkpoint))
        {
            Volatile.Write(ref _signedSize, checkpoint.Size);
        }
        return TlogTiles.Width(Volatile.Read(ref _signedSize), path.Level, path.Index) >= path.Width;
    }
}
