using System.Security.Claims;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Alarms;

/// <summary>What a signed-in person may see of incidents: an applicant the text of own cases, staff all of it (design 2.12).</summary>
/// <param name="MaySee">Whether a seal's incidents are the viewer's business.</param>
internal sealed record IncidentViewer(Func<string, bool> MaySee, bool MaySeePictures)
{
    public static IncidentViewer Staff { get; } = new(_ => true, true);

    public static IncidentViewer Of(ClaimsPrincipal person, SealBoard board)
    {
        var viewer = Viewer.Of(person);
        return viewer.IsStaff
            ? new IncidentViewer(_ => true, new[] { Access.Administrator, Access.Judge, Access.Officer, Access.Auditor }.Any(person.IsInRole))
            : new IncidentViewer(number => board.Seal(number) is { } seal && viewer.MaySee(seal), false);
    }
}
