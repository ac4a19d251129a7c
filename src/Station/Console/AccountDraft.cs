using System.ComponentModel.DataAnnotations;
using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Console;

/// <summary>A new account as entered.</summary>
/// <param name="Cases">Cases an applicant may see.</param>
internal sealed record AccountDraft(
    [property: Required] string? Login, string? DisplayName, [property: Required] string? Password,
    [property: Required, OneOf(Vocabulary.Role)] IReadOnlyList<string>? Roles, IReadOnlyList<string>? Cases,
    [property: OneOf(Vocabulary.Language)] string? Language);
