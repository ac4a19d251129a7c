namespace Cinnabar.Ledger.Tiles;

/// <summary>A source of tiles could not be read: no network, no disk, an answer over the limit. Trying again may help.</summary>
public sealed class TileSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
