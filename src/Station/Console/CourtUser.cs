namespace Cinnabar.Station.Console;

/// <summary>An account of the console.</summary>
internal sealed class CourtUser
{
    /// <summary>Login; stands in statements as the officer's name. Never changes.</summary>
    public required string Login { get; init; }

    public string DisplayName { get; set; } = "";

    public string PasswordHash { get; set; } = "";

    /// <summary>New after every change of password or roles: sessions with the old one end.</summary>
    public string SecurityStamp { get; set; } = "";

    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>Case numbers an applicant may see.</summary>
    public IReadOnlyList<string> Cases { get; set; } = [];

    /// <summary>zh or en.</summary>
    public string Language { get; set; } = "zh";

    public int FailedCount { get; set; }

    public DateTimeOffset? LockoutEnd { get; set; }
}
