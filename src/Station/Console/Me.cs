using Cinnabar.Evidence;
using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Console;

/// <summary>Who is signed in; docs/formats/api.md.</summary>
internal sealed record Me(
    string Login, string DisplayName, [property: OneOf(Vocabulary.Role)] IReadOnlyList<string> Roles, BilingualText CourtName, string CourtCode,
    [property: OneOf(Vocabulary.Language)] string Language);
