using Cinnabar.Station.Notices;
using Dapper;

namespace Cinnabar.Station.Alarms;

internal sealed partial class AlarmsStore
{
    public Incident? Find(string id) => _database.Read(c => c.QuerySingleOrDefault<IncidentRow>(IncidentSelect + " WHERE i.id = @id", new { id }))?.ToIncident();

    /// <summary>Newest first.</summary>
    public List<Incident> Incidents(bool openOnly, int count) => _database.Read(c => c.Query<IncidentRow>(
        IncidentSelect + (openOnly ? " WHERE i.handling < 3" : "") + " ORDER BY i.opened_ms DESC, i.rowid DESC LIMIT @count", new { count })
        .Select(r => r.ToIncident()).ToList());

    public List<WarningRow> Warnings(string incident) => _database.Read(c => c.Query<WarningRow>(
        WarningSelect + " WHERE incident = @incident ORDER BY rowid", new { incident }).AsList());

    /// <summary>Pictures that the seal vouches for, whether they are here or not.</summary>
    public List<StillRow> Stills(string incident) => _database.Read(c => c.Query<StillRow>(
        """
        SELECT hash, offset_ms AS OffsetMs, width, height, thumbnail, taken_ms AS TakenMs FROM alarm_still
        WHERE incident = @incident ORDER BY offset_ms, hash
        """, new { incident }).AsList());

    /// <summary>Device clock of the first and last statement of a seal in the timeline; null when there is none.</summary>
    public (long FirstMs, long LastMs)? DeviceTimes(string incident) => _database.Read(c => c.QuerySingle<(long?, long?)>(
        "SELECT min(at_ms), max(at_ms) FROM alarm_timeline WHERE incident = @incident AND issuer LIKE 'device:%'", new { incident })) is ({ } first, { } last)
            ? (first, last)
            : null;

    public List<TimelineRow> Timeline(string incident) => _database.Read(c => c.Query<TimelineRow>(
        """
        SELECT hash, kind, issuer, at_ms AS AtMs, received_ms AS ReceivedMs, sequence FROM alarm_timeline
        WHERE incident = @incident ORDER BY received_ms, rowid
        """, new { incident }).AsList());

    /// <summary>Where an officer's link leads.</summary>
    /// <param name="sentSinceMs">Links of warnings made before this are over.</param>
    /// <returns>The incident and the name of the officer who got the link; null when the token is unknown or over.</returns>
    public (string Incident, string Officer)? FindLink(string token, long sentSinceMs) => token.Length > 64 ? null : _database.Read(c =>
        c.QuerySingleOrDefault<(string, string)?>(
            "SELECT incident, name FROM alarm_warning WHERE token_hash = @hash AND audience = @officer AND created_ms >= @sentSinceMs",
            new { hash = WarningPlan.HashOf(token), officer = WarningAudience.Officer, sentSinceMs }));

    /// <summary>Open incidents that wait for a person and have no step ahead of them that is still in time.</summary>
    /// <remarks>Reads only what is open; it does not trust the engine's memory.</remarks>
    public List<string> Overdue(long beforeMs) => _database.Read(c => c.Query<string>(
        """
        SELECT i.id FROM alarm_incident i LEFT JOIN alarm_timer t ON t.incident = i.id AND t.step = 'repeat'
        WHERE i.handling < 3 AND i.handling = 1 AND (t.due_ms IS NULL OR t.due_ms < @beforeMs)
        """, new { beforeMs }).AsList());
}
