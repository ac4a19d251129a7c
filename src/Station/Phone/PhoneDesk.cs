using Cinnabar.Evidence.Verification;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Phone;

/// <summary>What a token opens.</summary>
internal sealed class PhoneDesk(
    AlarmsStore alarms, SealBoard board, IncidentMedia media, PrivateRecords records, CourtIdentity court, IOptions<AlarmsOptions> options,
    TimeProvider time)
{
    /// <summary>The incident and the officer behind a token; null when it is unknown or over.</summary>
    public (Incident Incident, string Officer)? Open(string token)
    {
        var since = time.GetUtcNow() - options.Value.LinkLife;
        return alarms.FindLink(token, since.ToUnixTimeMilliseconds()) is { } link && alarms.Find(link.Incident) is { } incident
            ? (incident, link.Officer)
            : null;
    }

    public PhoneView View(Incident incident)
    {
        var seal = board.Seal(incident.SealNumber);
        return new PhoneView(
            Access.Officer, seal?.CaseNumber ?? "", records.Of(incident.SealNumber)?.Property.Address ?? "", KindCatalog.TextOf(incident.Kind), incident.Level,
            DateTimeOffset.FromUnixTimeMilliseconds(incident.OpenedAtMs), incident.Condition, incident.Handling, incident.SealNumber,
            Pictures(incident), incident.Handling == IncidentHandling.Unacknowledged, court.Title, court.DutyPhone, incident.AcknowledgedBy);
    }

    /// <summary>
    /// Full pictures; while there are none, thumbnails, which come first on a thin line. Only those whose bytes are here and
    /// are what the seal signed: a phone has no room for doubts about one.
    /// </summary>
    public IReadOnlyList<string> Pictures(Incident incident)
    {
        var stills = media.Stills(incident).Where(s => s.State == MediaState.Signed).ToList();
        var full = stills.Where(s => !s.Thumbnail).ToList();
        return [.. (full.Count > 0 ? full : stills).Select(s => s.Hash)];
    }
}
