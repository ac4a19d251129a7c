namespace Cinnabar.Station.Media;

/// <summary>What a viewer gets: text or bytes.</summary>
internal readonly record struct LiveItem(string? Json, ReadOnlyMemory<byte> Data);
