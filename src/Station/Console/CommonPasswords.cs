using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Console;

/// <summary>Refuses what is guessed first: the login itself, keyboard rows, the usual words, one sign many times.</summary>
internal sealed class CommonPasswords : IPasswordValidator<CourtUser>
{
    private static readonly string[] s_guessed =
        ["password", "passw0rd", "qwerty", "123456", "abcdef", "administrator", "letmein", "welcome", "cinnabar", "111111", "woaini", "iloveyou"];

    public Task<IdentityResult> ValidateAsync(UserManager<CourtUser> manager, CourtUser user, string? password)
    {
        var text = (password ?? "").ToUpperInvariant();
        var rest = s_guessed.Append(user.Login).Aggregate(text, (t, guess) => t.Replace(guess.ToUpperInvariant(), "", StringComparison.Ordinal));
        return Task.FromResult(rest.Length >= 8 || rest.Length == text.Length
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "PasswordGuessable", Description = "The password is built on one of the first guesses; choose other words." }));
    }
}
