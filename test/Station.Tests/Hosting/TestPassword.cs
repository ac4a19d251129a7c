using Cinnabar.Station.Console;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The password of the tests' people. Made into a hash once for all of them, since that is slow on purpose; signing in checks it as always.</summary>
internal sealed class TestPassword : PasswordHasher<CourtUser>
{
    public const string Text = "correct horse battery staple";

    private static readonly Lazy<string> s_hash = new(() => new PasswordHasher<CourtUser>().HashPassword(new CourtUser { Login = "test" }, Text));

    public override string HashPassword(CourtUser user, string password) => password == Text ? s_hash.Value : base.HashPassword(user, password);
}
