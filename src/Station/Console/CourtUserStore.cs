using Cinnabar.Station.Facts;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Console;

/// <summary>Accounts in the station's database, for ASP.NET Core Identity.</summary>
internal sealed class CourtUserStore : IUserPasswordStore<CourtUser>, IUserSecurityStampStore<CourtUser>, IUserLockoutStore<CourtUser>
{
    private readonly StationDatabase _database;

    public CourtUserStore(StationDatabase database)
    {
        _database = database;
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS account(
              key TEXT PRIMARY KEY, login TEXT NOT NULL, display_name TEXT NOT NULL, password_hash TEXT NOT NULL, stamp TEXT NOT NULL,
              roles TEXT NOT NULL, cases TEXT NOT NULL, language TEXT NOT NULL, failed INTEGER NOT NULL, lockout_ms INTEGER) STRICT;
            """);
    }

    public IReadOnlyList<CourtUser> All() =>
        _database.Read(c => c.Query<AccountRow>("SELECT * FROM account ORDER BY login").Select(r => r.ToUser()).ToArray());

    public Task<IdentityResult> CreateAsync(CourtUser user, CancellationToken cancellationToken)
    {
        var added = _database.Write(t => t.Connection!.Execute(
            "INSERT OR IGNORE INTO account VALUES (@Key, @Login, @Display_Name, @Password_Hash, @Stamp, @Roles, @Cases, @Language, @Failed, @Lockout_Ms)",
            AccountRow.Of(user), t));
        return Task.FromResult(added == 1 ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Login)));
    }

    public Task<IdentityResult> UpdateAsync(CourtUser user, CancellationToken cancellationToken)
    {
        _database.Write(t => t.Connection!.Execute(
            """
            UPDATE account SET display_name = @Display_Name, password_hash = @Password_Hash, stamp = @Stamp, roles = @Roles, cases = @Cases,
              language = @Language, failed = @Failed, lockout_ms = @Lockout_Ms WHERE key = @Key
            """, AccountRow.Of(user), t));
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> DeleteAsync(CourtUser user, CancellationToken cancellationToken)
    {
        _database.Write(t => t.Connection!.Execute("DELETE FROM account WHERE key = @key", new { key = AccountRow.KeyOf(user.Login) }, t));
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<CourtUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => FindByNameAsync(userId, cancellationToken);

    public Task<CourtUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(
        _database.Read(c => c.QuerySingleOrDefault<AccountRow>(
            "SELECT * FROM account WHERE key = @key", new { key = AccountRow.KeyOf(normalizedUserName) }))?.ToUser());

    public Task<string> GetUserIdAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(user.Login);

    public Task<string?> GetUserNameAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetNormalizedUserNameAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(AccountRow.KeyOf(user.Login));

    public Task<string?> GetPasswordHashAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.PasswordHash);

    public Task<bool> HasPasswordAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash.Length > 0);

    public Task<string?> GetSecurityStampAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public Task<int> GetAccessFailedCountAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(user.FailedCount);

    public Task<bool> GetLockoutEnabledAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<int> IncrementAccessFailedCountAsync(CourtUser user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedCount);

    public Task ResetAccessFailedCountAsync(CourtUser user, CancellationToken cancellationToken) => Set(() => user.FailedCount = 0);

    public Task SetLockoutEndDateAsync(CourtUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockoutEnd = lockoutEnd);

    public Task SetPasswordHashAsync(CourtUser user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash ?? "");

    public Task SetSecurityStampAsync(CourtUser user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    // A login is fixed at creation and its key follows from it; lockout is always on.
    public Task SetUserNameAsync(CourtUser user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(CourtUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetLockoutEnabledAsync(CourtUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // The database belongs to the station.
    }

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
