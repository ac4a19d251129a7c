using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Alarms;

/// <summary>Turns stored incidents into the shapes of docs/formats/api.md, for one viewer.</summary>
internal sealed class IncidentViews(AlarmsStore store, IncidentMedia media, ContactLookup contacts, PrivateRecords records, CourtLog log, ProofStates proofs)
{
    private const int ListMax = 500;

    public IReadOnlyList<IncidentCard> Cards(bool openOnly, IncidentViewer viewer) =>
        [.. store.Incidents(openOnly, ListMax).Where(i => viewer.MaySee(i.SealNumber)).Select(i => Card(i, viewer))];

    /// <summary>The card as staff see it; the console pushes it when <see cref="IncidentChanges"/> names the incident.</summary>
    public IncidentCard? Card(string id) => store.Find(id) is { } incident ? Card(incident, IncidentViewer.Staff) : null;

    /// <summary>null when it is unknown or not the viewer's.</summary>
    public IncidentDetail? Detail(string id, IncidentViewer viewer)
    {
        if (store.Find(id) is not { } incident || !viewer.MaySee(incident.SealNumber))
        {
            return null;
        }

        var detail = new IncidentDetail
        {
            Id = id, SealNumber = "", CaseNumber = "", Address = "", Kind = "", Level = 0, Condition = 0, Handling = 0, OpenedAt = default, Episodes = 0, WarningsSent = 0,
            Outcome = incident.Outcome,
            Note = viewer.MaySeePictures ? incident.Note : null,
            Stills = viewer.MaySeePictures ? media.Stills(incident) : [],
            Recording = viewer.MaySeePictures ? media.Recording(incident) : null,
            Timeline = [.. store.Timeline(id).Select(Item)],
            Warnings = viewer.MaySeePictures ? [.. store.Warnings(id).Select(WarningView)] : [],
        };
        return Fill(detail, incident, viewer);
    }

    private IncidentCard Card(Incident incident, IncidentViewer viewer) => Fill(
        new IncidentCard { Id = incident.Id, SealNumber = "", CaseNumber = "", Address = "", Kind = "", Level = 0, Condition = 0, Handling = 0, OpenedAt = default, Episodes = 0, WarningsSent = 0 },
        incident, viewer);

    private T Fill<T>(T card, Incident i, IncidentViewer viewer) where T : IncidentCard
    {
        var order = contacts(i.SealNumber);
        return card with
        {
            Id = i.Id, SealNumber = i.SealNumber, CaseNumber = order?.CaseNumber ?? "", Address = order?.Place ?? "", Kind = i.Kind, Level = i.Level,
            Condition = i.Condition, Handling = i.Handling, OpenedAt = At(i.OpenedAtMs), Episodes = i.Episode, WarningsSent = i.Warnings,
            NextWarningAt = i.NextDueMs is { } due ? At(due) : null, AcknowledgedBy = viewer.MaySeePictures ? NameOf(i) : null,
            AcknowledgedAt = i.AcknowledgedAtMs is { } at ? At(at) : null,
            Thumbnail = viewer.MaySeePictures ? media.Thumbnail(i) : null,
        };
    }

    // A party who answered by phone stands in the statement as a number; staff read the name.
    private string? NameOf(Incident i) =>
        records.Of(i.SealNumber)?.Parties.FirstOrDefault(p => OrderContacts.NameOf(i.SealNumber, p) == i.AcknowledgedBy)?.Name ?? i.AcknowledgedBy;

    private TimelineItem Item(TimelineRow row)
    {
        var position = Digest.TryParseHex(row.Hash, out var hash) ? log.Find(hash) : null;
        return new TimelineItem(
            row.Hash, position, proofs.Of(position), row.Kind, row.Issuer, At(row.AtMs), At(row.ReceivedMs), row.Sequence, KindCatalog.TextOf(row.Kind));
    }

    private static WarningView WarningView(WarningRow w) => new(
        w.Attempts, w.Channel, w.PlanLevel, At(w.CalledMs ?? w.CreatedMs), Masked(w.Address), w.Report ?? ResultOf(w.State), w.Reason);

    private static string ResultOf(WarningState state) => state switch
    {
        WarningState.Pending => "pending",
        WarningState.HandedOff => "handedOff",
        WarningState.Refused => "refused",
        WarningState.Unreachable => "unreachable",
        WarningState.TimedOut => "timedOut",
        _ => "dropped",
    };

    internal static string Masked(string address) => address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        ? address[0] + "***" + address[at..]
        : address.Length > 7 ? address[..^8] + "****" + address[^4..] : "****";

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
