namespace Cinnabar.Station.Console;

/// <summary>An account as administrators see it.</summary>
internal sealed record AccountView(string Login, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Cases, string Language)
{
    public static AccountView Of(CourtUser user) => new(user.Login, user.DisplayName, user.Roles, user.Cases, user.Language);
}
