using Cinnabar.Station.Media;

namespace Cinnabar.Station.Alarms;

/// <summary>The pictures and the recording of an incident that are here, each with what is known of its signature.</summary>
/// <remarks>
/// What the seal vouches for comes from its statements, what arrived and whether it is that from the media stores: one place
/// decides <see cref="MediaState"/>, for this view and for the bytes themselves.
/// </remarks>
internal sealed class IncidentMedia(AlarmsStore alarms, PicturesStore pictures, RecordingsStore recordings, TimeProvider time)
{
    // A picture may be here before its incident is; the recording begins with the seal's ring from before the trigger.
    private const long LeadMs = 60_000;

    // Pictures and video count as the incident's while the seal is still at it.
    private const long TailMs = 600_000;

    // A manifest follows each group of pictures, one a second; it may have to wait for a thin line.
    private const long GrowingMs = 10_000;

    /// <summary>Pictures that are here: stated ones in order, then those that no statement speaks of yet.</summary>
    public IReadOnlyList<StillView> Stills(Incident incident)
    {
        var arrived = pictures.Of(incident.SealNumber, incident.OpenedAtMs - LeadMs, incident.LastTriggerMs + TailMs).ToDictionary(p => p.Hash, StringComparer.Ordinal);
        var stated = alarms.Stills(incident.Id).Where(s => arrived.ContainsKey(s.Hash)).Select(s => View(s, arrived[s.Hash])).ToList();
        return incident.Class is IncidentClass.Intrusion or IncidentClass.Security
            ? [.. stated, .. arrived.Values.Where(p => !p.IsStated && !stated.Exists(s => s.Hash == p.Hash)).Select(p => View(p, incident))]
            : stated;
    }

    /// <summary>The picture for a card: the newest thumbnail that is what its seal says.</summary>
    public string? Thumbnail(Incident incident) => Stills(incident)
        .Where(s => s.State != MediaState.Mismatch).OrderByDescending(s => s.Thumbnail).ThenByDescending(s => s.TakenAt).FirstOrDefault()?.Hash;

    /// <summary>The longest run of the camera while the incident lasted; of one that grows, as far as its seal has signed for it.</summary>
    public RecordingView? Recording(Incident incident)
    {
        if (alarms.DeviceTimes(incident.Id) is not var (first, last))
        {
            return null;
        }

        var longest = recordings.Find(incident.SealNumber, first - LeadMs, last + TailMs).MaxBy(r => r.UntilMs - r.FromMs);
        if (longest is { State: MediaState.Unsigned, VouchedUntilMs: > 0 } && longest.UntilMs > time.GetUtcNow().ToUnixTimeMilliseconds() - GrowingMs)
        {
            longest = recordings.Find(incident.SealNumber, first - LeadMs, longest.VouchedUntilMs).FirstOrDefault(r => r.Name == longest.Name) ?? longest;
        }

        return longest is { } found ? new RecordingView(found.Name, At(found.FromMs), At(found.UntilMs), found.State, found.Codec) : null;
    }

    private static StillView View(StillRow s, PictureRow picture) => new(s.Hash, s.OffsetMs, s.Width, s.Height, s.Thumbnail, picture.State, At(s.TakenMs));

    // Nobody has signed where and when it was taken: all that is known is when it came.
    private static StillView View(PictureRow p, Incident incident) =>
        new(p.Hash, p.ReceivedMs - incident.OpenedAtMs, 0, 0, false, p.State, At(p.ReceivedMs));

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
