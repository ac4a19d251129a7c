namespace Cinnabar.Station.Console;

/// <summary>A new account as entered.</summary>
/// <param name="Cases">Cases an applicant may see.</param>
internal sealed record AccountDraft(
    string? Login, string? DisplayName, string? Password, IReadOnlyList<string>? Roles, IReadOnlyList<string>? Cases, string? Language);
