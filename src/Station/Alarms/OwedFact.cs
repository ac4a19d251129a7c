namespace Cinnabar.Station.Alarms;

/// <summary>A statement to be signed and handed to the log: stored in the commit that made it true, written after it.</summary>
/// <param name="Officer">Login when it is the officer's own decision; null when the station speaks.</param>
/// <param name="Body">Encoded CBOR map.</param>
/// <param name="WarningKey">The warning it is about, for warning.attempt and warning.result.</param>
/// <param name="Statement">Signed bytes; null until it was signed.</param>
internal sealed record OwedFact(long Sequence, string? Officer, string Subject, string Kind, byte[] Body, string? WarningKey, byte[]? Statement = null);
