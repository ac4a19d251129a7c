namespace Cinnabar.Station.Console;

/// <summary>A sign-in as sent.</summary>
internal sealed record SignInDraft(string? Login, string? Password);
