using Cinnabar.Registry;
using Cinnabar.Registry.States;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Seals;

/// <summary>Turns the board into the shapes of docs/formats/api.md.</summary>
internal sealed class SealViews(SealBoard board, SealsStore store, PrivateRecords records, CourtIdentity court, ProofStates proofs)
{
    private const int HistoryMax = 300;

    public IReadOnlyList<SealCard> Cards(Viewer viewer) =>
        [.. board.Seals.Where(viewer.MaySee).Select(s => Card(s.SealNumber)).OfType<SealCard>().OrderBy(c => c.SealNumber, StringComparer.Ordinal)];

    public SealCard? Card(string number) => board.Look(number) is { } look ? Fill(new SealCard
    {
        SealNumber = number, CaseNumber = "", Address = "", LegalState = default, DeviceState = default, Until = default, DaysLeft = 0,
    }, look.Seal, look.Incident, look.Presence) : null;

    /// <summary>One seal for one viewer; null when it is unknown or not theirs.</summary>
    public SealDetail? Detail(string number, Viewer viewer)
    {
        if (board.Look(number) is not { } look || look.Seal.Legal is null || !viewer.MaySee(look.Seal))
        {
            return null;
        }

        var (seal, record) = (look.Seal, records.Of(number));
        return Fill(new SealDetail
        {
            SealNumber = number, CaseNumber = "", Address = "", LegalState = default, DeviceState = default, Until = default, DaysLeft = 0,
            Category = seal.Category, From = seal.From, Description = record?.Property.Description ?? "", Ruling = seal.Ruling, Court = court.Title,
            Frame = seal.Frame, Parties = [.. (record?.Parties ?? []).Select(viewer.Reduce)],
            History = History(number),
            Commands = [.. seal.Commands.Reverse()], SettingsVersion = seal.SettingsVersion, ReportedSettingsVersion = seal.ReportedSettingsVersion,
        }, seal, look.Incident, look.Presence);
    }

    /// <summary>Newest first. What is on its way is asked first: in between it may reach the table, and then the table's row counts.</summary>
    private IReadOnlyList<TimelineItem> History(string number)
    {
        var waiting = board.Unsequenced(number).Reverse().Select(w => TimelineItem.Of(w, proofs)).ToArray();
        var sequenced = store.History(number, HistoryMax);
        var known = sequenced.Select(s => s.Hash).ToHashSet(StringComparer.Ordinal);
        return [.. waiting.Where(w => !known.Contains(w.Hash)), .. sequenced];
    }

    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private T Fill<T>(T card, SealState seal, IncidentState? incident, Presence presence) where T : SealCard => card with
    {
        CaseNumber = seal.CaseNumber, Address = records.Of(seal.SealNumber)?.Property.Address ?? "", LegalState = seal.Legal ?? LegalState.Ordered,
        DeviceState = StateOf(seal, incident, presence), DeviceId = seal.DeviceId, LastSeen = presence.LastSeen,
        Until = seal.Until, DaysLeft = Math.Max(0, seal.Until.DayNumber - LegalTime.DateOf(board.Now).DayNumber),
        OpenIncident = incident?.Id, IncidentLevel = incident?.Level, Still = seal.Still,
        StillTime = seal.StillMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
        Battery = presence.Battery ?? seal.Battery, Mains = presence.Mains ?? seal.Mains,
    };

    private DeviceState StateOf(SealState seal, IncidentState? incident, Presence presence) =>
        seal.DeviceId is null ? DeviceState.Unbound
        : incident is { Active: true, Kind: not "heartbeat.missed" } ? DeviceState.Alarm
        : seal.Opening ? DeviceState.Opening
        : seal.Missed || (!presence.Connected && !(board.Now - presence.LastSeen < SealBoard.SilentAfter)) ? DeviceState.Silent
        : DeviceState.Online;
}
