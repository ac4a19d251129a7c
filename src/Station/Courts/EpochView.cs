namespace Cinnabar.Station.Courts;

/// <summary>The epoch in force.</summary>
/// <param name="Hash">Hash of its document.</param>
/// <param name="Members">n.</param>
/// <param name="Liars">f.</param>
/// <param name="Needed">q.</param>
internal sealed record EpochView(long Number, string Hash, int Members, int Liars, int Needed);
