namespace Cinnabar.Station.Seals;

/// <summary>A command of the court to the seal and what the seal said.</summary>
/// <param name="Result">done, refused or cannot; absent while unanswered.</param>
internal sealed record SentCommand(string Hash, string Kind, DateTimeOffset Sent, string? Result, string? Reason);
