namespace Cinnabar.Station.Seals;

/// <summary>Where the tamper loop runs, in millimetres along the extended strip.</summary>
internal sealed record FrameLoop(int FromMm, int ToMm);
