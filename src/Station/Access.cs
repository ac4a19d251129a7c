using Microsoft.AspNetCore.Authorization;

namespace Cinnabar.Station;

/// <summary>Who may do what: roles, and the policies that endpoints name.</summary>
/// <remarks>Source: domain 2.1. The applicant gets text, authorities get pictures (domain 3.7).</remarks>
internal static class Access
{
    public const string Administrator = "administrator";
    public const string Judge = "judge";
    public const string Clerk = "clerk";
    public const string Officer = "officer";
    public const string Auditor = "auditor";
    public const string Applicant = "applicant";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Roles = [Administrator, Judge, Clerk, Officer, Auditor, Applicant];

    /// <summary>Every signed-in person.</summary>
    public const string Anyone = nameof(Anyone);

    /// <summary>The court's own people.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>May see persons: pictures, live video, recordings, evidence packs.</summary>
    public const string Pictures = nameof(Pictures);

    /// <summary>May make and change orders.</summary>
    public const string Orders = nameof(Orders);

    /// <summary>May answer alarms and command seals.</summary>
    public const string Duty = nameof(Duty);

    /// <summary>May manage accounts.</summary>
    public const string Administration = nameof(Administration);

    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Anyone, p => p.RequireAuthenticatedUser());
        options.AddPolicy(Staff, p => p.RequireRole(Administrator, Judge, Clerk, Officer, Auditor));
        options.AddPolicy(Pictures, p => p.RequireRole(Administrator, Judge, Officer, Auditor));
        options.AddPolicy(Orders, p => p.RequireRole(Administrator, Judge, Clerk));
        options.AddPolicy(Duty, p => p.RequireRole(Administrator, Judge, Officer));
        options.AddPolicy(Administration, p => p.RequireRole(Administrator));
    }
}
