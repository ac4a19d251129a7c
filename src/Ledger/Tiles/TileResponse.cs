namespace Cinnabar.Ledger.Tiles;

/// <summary>What an HTTP endpoint sends for one path.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">Value of the Content-Type header.</param>
/// <param name="CacheControl">Value of the Cache-Control header.</param>
public sealed record TileResponse(ReadOnlyMemory<byte> Body, string ContentType, string CacheControl);
