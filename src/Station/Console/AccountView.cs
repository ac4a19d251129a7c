using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Console;

/// <summary>An account as administrators see it.</summary>
internal sealed record AccountView(
    string Login, string DisplayName, [property: OneOf(Vocabulary.Role)] IReadOnlyList<string> Roles, IReadOnlyList<string> Cases,
    [property: OneOf(Vocabulary.Language)] string Language)
{
    public static AccountView Of(CourtUser user) => new(user.Login, user.DisplayName, user.Roles, user.Cases, user.Language);
}
