using Cinnabar.Station.Facts;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Console;

/// <summary>Sign-in, sign-out, who am I: docs/formats/api.md, Session.</summary>
internal static class SessionEndpoints
{
    // Verified against when the login is unknown, so that both answers take equally long.
    private static readonly Lazy<string> s_nobody = new(() => new PasswordHasher<CourtUser>().HashPassword(new CourtUser { Login = "nobody" }, Guid.NewGuid().ToString()));

    public static async Task<IResult> SignInAsync(
        SignInDraft draft, UserManager<CourtUser> users, SignInManager<CourtUser> signIn, UnknownLogins unknown, CourtIdentity court)
    {
        if (draft.Login is not { Length: > 0 and <= Accounts.LoginLengthMax } login || draft.Password is not { Length: > 0 and <= Accounts.PasswordLengthMax } password)
        {
            return Results.Unauthorized();
        }

        if (await users.FindByNameAsync(login) is not { } user)
        {
            users.PasswordHasher.VerifyHashedPassword(new CourtUser { Login = login }, s_nobody.Value, password);
            return unknown.Fail(login) ? TooMany() : Results.Unauthorized();
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            await signIn.SignInAsync(user, isPersistent: false);
            return Results.Ok(Of(user, court));
        }

        return result.IsLockedOut ? TooMany() : Results.Unauthorized();
    }

    public static async Task<IResult> SignOutAsync(SignInManager<CourtUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.NoContent();
    }

    public static async Task<IResult> MeAsync(HttpContext http, UserManager<CourtUser> users, CourtIdentity court) =>
        http.User.Identity?.IsAuthenticated == true && await users.GetUserAsync(http.User) is { } user ? Results.Ok(Of(user, court)) : Results.NoContent();

    private static IResult TooMany() => Results.StatusCode(StatusCodes.Status429TooManyRequests);

    private static Me Of(CourtUser user, CourtIdentity court) => new(user.Login, user.DisplayName, user.Roles, court.Title, court.Code, user.Language);
}
