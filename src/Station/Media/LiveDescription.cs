namespace Cinnabar.Station.Media;

/// <summary>First message to a viewer; docs/formats/api.md.</summary>
internal sealed record LiveDescription(string Type, string Codec, long Width, long Height, long Stream, string State);
