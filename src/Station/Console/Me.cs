namespace Cinnabar.Station.Console;

/// <summary>Who is signed in; docs/formats/api.md.</summary>
internal sealed record Me(string Login, string DisplayName, IReadOnlyList<string> Roles, string CourtName, string CourtCode, string Language);
