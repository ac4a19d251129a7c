using System.Text.Json;

namespace Cinnabar.Station.Console;

/// <summary>An account as stored.</summary>
internal sealed record AccountRow
{
    public string Key { get; init; } = "";

    public string Login { get; init; } = "";

    public string Display_Name { get; init; } = "";

    public string Password_Hash { get; init; } = "";

    public string Stamp { get; init; } = "";

    public string Roles { get; init; } = "[]";

    public string Cases { get; init; } = "[]";

    public string Language { get; init; } = "zh";

    public long Failed { get; init; }

    public long? Lockout_Ms { get; init; }

    /// <summary>Logins that differ in case only are one.</summary>
    public static string KeyOf(string login) => login.ToUpperInvariant();

    public static AccountRow Of(CourtUser user) => new()
    {
        Key = KeyOf(user.Login), Login = user.Login, Display_Name = user.DisplayName, Password_Hash = user.PasswordHash, Stamp = user.SecurityStamp,
        Roles = JsonSerializer.Serialize(user.Roles), Cases = JsonSerializer.Serialize(user.Cases), Language = user.Language,
        Failed = user.FailedCount, Lockout_Ms = user.LockoutEnd?.ToUnixTimeMilliseconds(),
    };

    public CourtUser ToUser() => new()
    {
        Login = Login, DisplayName = Display_Name, PasswordHash = Password_Hash, SecurityStamp = Stamp,
        Roles = JsonSerializer.Deserialize<string[]>(Roles)!, Cases = JsonSerializer.Deserialize<string[]>(Cases)!, Language = Language,
        FailedCount = (int)Failed, LockoutEnd = Lockout_Ms is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
    };
}
