using System.Security.Claims;

namespace Cinnabar.Station.Seals;

/// <summary>What a signed-in person may see. An applicant sees own cases as text, and nobody's telephone.</summary>
internal sealed class Viewer
{
    /// <summary>Claim that names one case of an applicant.</summary>
    public const string CaseClaim = "case";

    private readonly HashSet<string> _cases;

    private Viewer(string login, bool isStaff, IEnumerable<string> cases)
    {
        Login = login;
        IsStaff = isStaff;
        _cases = cases.ToHashSet(StringComparer.Ordinal);
    }

    public string Login { get; }

    /// <summary>One of the court's own people.</summary>
    public bool IsStaff { get; }

    public static Viewer Of(ClaimsPrincipal person) => new(
        person.Identity?.Name ?? "",
        new[] { Access.Administrator, Access.Judge, Access.Clerk, Access.Officer, Access.Auditor }.Any(person.IsInRole),
        person.FindAll(CaseClaim).Select(c => c.Value));

    public bool MaySee(SealState seal) => IsStaff || _cases.Contains(seal.CaseNumber);

    public SealParty Reduce(SealParty party) => IsStaff ? party : party with { Phone = null, Email = null };
}
