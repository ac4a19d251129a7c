namespace Cinnabar.Station.Seals;

/// <summary>The last order to the device to watch or to rest.</summary>
/// <param name="Kind"><c>command.arm</c> or <c>command.disarm</c>.</param>
/// <param name="NotAfterMs">When the seal stops accepting it, ms since 1970.</param>
/// <param name="Answered">The seal has answered.</param>
internal sealed record Posture(string Hash, string Kind, string Device, long NotAfterMs, bool Answered);
