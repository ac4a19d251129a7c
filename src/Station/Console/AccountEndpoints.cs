using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Console;

/// <summary>Accounts, for administrators: docs/formats/api.md, Accounts.</summary>
internal static class AccountEndpoints
{
    public static IReadOnlyList<AccountView> List(CourtUserStore store) => [.. store.All().Select(AccountView.Of)];

    public static async Task<IResult> CreateAsync(AccountDraft draft, UserManager<CourtUser> users)
    {
        var errors = await Accounts.CreateAsync(users, draft);
        return errors.Count == 0
            ? Results.Created((string?)null, AccountView.Of((await users.FindByNameAsync(draft.Login!))!))
            : Results.ValidationProblem(new Dictionary<string, string[]> { ["account"] = [.. errors] });
    }

    public static async Task<IResult> DeleteAsync(string login, HttpContext http, UserManager<CourtUser> users)
    {
        if (await users.FindByNameAsync(login) is not { } user)
        {
            return Results.NotFound();
        }

        // The last administrator cannot lock the court out by removing itself.
        if (string.Equals(user.Login, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase))
        {
            return Results.Problem("Nobody removes the account they are signed in with.", statusCode: StatusCodes.Status409Conflict);
        }

        await users.DeleteAsync(user);
        return Results.NoContent();
    }
}
