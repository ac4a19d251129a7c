using System.Text.RegularExpressions;
using Cinnabar.Registry.Cases;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Console;

/// <summary>Makes accounts, for administrators and for the command line.</summary>
internal static partial class Accounts
{
    public const int LoginLengthMax = 64;

    public const int PasswordLengthMax = 200;

    /// <summary>Twelve characters beat any mixture of signs in eight; what is guessed first is refused by the validator.</summary>
    public static void ConfigurePasswords(PasswordOptions password)
    {
        password.RequiredLength = 12;
        password.RequiredUniqueChars = 5;
        password.RequireDigit = password.RequireLowercase = password.RequireUppercase = password.RequireNonAlphanumeric = false;
    }

    /// <summary>Creates an account.</summary>
    /// <returns>Why not, or an empty list.</returns>
    public static async Task<IReadOnlyList<string>> CreateAsync(UserManager<CourtUser> users, AccountDraft draft)
    {
        var errors = new List<string>();
        var cases = new List<string>();
        if (draft.Login is null || !Login().IsMatch(draft.Login))
        {
            errors.Add("login: 2 to 64 letters, digits, dots, hyphens or underscores");
        }

        if (draft.Roles is null or { Count: 0 } || draft.Roles.Any(r => !Access.Roles.Contains(r)))
        {
            errors.Add($"roles: some of {string.Join(", ", Access.Roles)}");
        }

        // Text of own cases only: somebody who is both would see all cases through the other role.
        else if (draft.Roles.Contains(Access.Applicant) && draft.Roles.Count > 1)
        {
            errors.Add("roles: an applicant has no other role");
        }

        foreach (var text in draft.Cases ?? [])
        {
            if (CaseNumber.TryParse(text, out var number))
            {
                cases.Add(number.ToString());
            }
            else
            {
                errors.Add($"cases: {text} is no case number");
            }
        }

        if (draft.Password is not { Length: <= PasswordLengthMax })
        {
            errors.Add($"password: at most {PasswordLengthMax} characters");
        }

        if (errors.Count > 0)
        {
            return errors;
        }

        var user = new CourtUser
        {
            Login = draft.Login!, DisplayName = string.IsNullOrWhiteSpace(draft.DisplayName) ? draft.Login! : draft.DisplayName.Trim()[..Math.Min(100, draft.DisplayName.Trim().Length)],
            Roles = [.. draft.Roles!.Distinct()], Cases = cases, Language = draft.Language == "en" ? "en" : "zh",
        };
        var result = await users.CreateAsync(user, draft.Password!);
        return [.. result.Errors.Select(e => e.Description)];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$")]
    private static partial Regex Login();
}
