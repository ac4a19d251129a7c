namespace Cinnabar.Station.Seals;

/// <summary>The ruling behind a seal.</summary>
/// <param name="Hash">SHA-256 of the file, hex.</param>
internal sealed record Ruling(string Hash, string Name);
