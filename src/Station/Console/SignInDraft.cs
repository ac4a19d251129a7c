using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Console;

/// <summary>A sign-in as sent.</summary>
internal sealed record SignInDraft([property: Required] string? Login, [property: Required] string? Password);
