namespace Cinnabar.Station.Console;

/// <summary>What a seal said to a command.</summary>
/// <param name="Hash">The command's statement.</param>
/// <param name="Result">done, refused or cannot, as the seal says it; a seal that speaks otherwise is passed on as it is.</param>
internal sealed record CommandEvent(string Hash, string SealNumber, string? Result, string? Reason);
