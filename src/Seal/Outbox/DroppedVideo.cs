namespace Cinnabar.Seal.Outbox;

/// <summary>Neighbouring fragments of one stream that were given up.</summary>
/// <param name="Stream">The camera's own number of the stream.</param>
/// <param name="First">First index.</param>
/// <param name="Last">Last index.</param>
internal readonly record struct DroppedVideo(uint Stream, uint First, uint Last);
