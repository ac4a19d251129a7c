namespace Cinnabar.Station.Alarms;

internal sealed partial class AlarmsStore
{
    private const string IncidentSelect = """
        SELECT i.id, i.seal, i.class, i.kind, i.level, i.trigger_hash AS TriggerHash, i.causes, i.handling, i.opened_ms AS OpenedMs, i.episode, i.triggers,
            i.last_trigger_ms AS LastTriggerMs, i.round, i.warnings, i.last_warned_ms AS LastWarnedMs, i.plan_level AS PlanLevel,
            i.acknowledged_by AS AcknowledgedBy, i.acknowledged_ms AS AcknowledgedMs, i.outcome, i.note,
            r.due_ms AS RepeatDue, e.due_ms AS EscalateDue
        FROM alarm_incident i
        LEFT JOIN alarm_timer r ON r.incident = i.id AND r.step = 'repeat'
        LEFT JOIN alarm_timer e ON e.incident = i.id AND e.step = 'escalate'
        """;

    private const string WarningSelect = """
        SELECT key, incident, episode, plan_level AS PlanLevel, trigger_hash AS TriggerHash, contact, name, channel, address, audience, language,
            notice, salt, token_hash AS TokenHash, created_ms AS CreatedMs, state, attempts, reason, provider, called_ms AS CalledMs, report,
            attempt_hash AS AttemptHash
        FROM alarm_warning
        """;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS alarm_incident(
            id TEXT PRIMARY KEY, seal TEXT NOT NULL, class INTEGER NOT NULL, kind TEXT NOT NULL, level INTEGER NOT NULL,
            trigger_hash TEXT NOT NULL, causes TEXT NOT NULL, handling INTEGER NOT NULL, opened_ms INTEGER NOT NULL,
            episode INTEGER NOT NULL, triggers INTEGER NOT NULL, last_trigger_ms INTEGER NOT NULL, round INTEGER NOT NULL,
            warnings INTEGER NOT NULL, last_warned_ms INTEGER NOT NULL, plan_level INTEGER NOT NULL,
            acknowledged_by TEXT, acknowledged_ms INTEGER, outcome INTEGER, note TEXT) STRICT;
        CREATE INDEX IF NOT EXISTS alarm_incident_open ON alarm_incident(handling) WHERE handling < 3;
        CREATE TABLE IF NOT EXISTS alarm_timer(
            incident TEXT NOT NULL, step TEXT NOT NULL, due_ms INTEGER NOT NULL, PRIMARY KEY(incident, step)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS alarm_clock(id INTEGER PRIMARY KEY, boot TEXT NOT NULL, wall_ms INTEGER NOT NULL, monotonic_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_seen(hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS alarm_warning(
            key TEXT PRIMARY KEY, incident TEXT NOT NULL, episode INTEGER NOT NULL, plan_level INTEGER NOT NULL, trigger_hash TEXT NOT NULL,
            contact TEXT NOT NULL, name TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL, audience INTEGER NOT NULL,
            language INTEGER NOT NULL, notice TEXT, salt TEXT NOT NULL, token_hash TEXT, created_ms INTEGER NOT NULL,
            state INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT, provider TEXT, called_ms INTEGER, report TEXT,
            attempt_hash TEXT) STRICT;
        CREATE INDEX IF NOT EXISTS alarm_warning_pending ON alarm_warning(state) WHERE state = 0;
        CREATE INDEX IF NOT EXISTS alarm_warning_incident ON alarm_warning(incident);
        CREATE INDEX IF NOT EXISTS alarm_warning_token ON alarm_warning(token_hash) WHERE token_hash IS NOT NULL;
        CREATE TABLE IF NOT EXISTS alarm_owed(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, officer TEXT, subject TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, warning_key TEXT) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_owed_signed(sequence INTEGER PRIMARY KEY, statement BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_timeline(
            incident TEXT NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, issuer TEXT NOT NULL, at_ms INTEGER NOT NULL,
            received_ms INTEGER NOT NULL, sequence INTEGER, PRIMARY KEY(incident, hash)) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_still(
            incident TEXT NOT NULL, hash TEXT NOT NULL, offset_ms INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            thumbnail INTEGER NOT NULL, taken_ms INTEGER NOT NULL, PRIMARY KEY(incident, hash)) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_seal(seal TEXT PRIMARY KEY, device TEXT NOT NULL, armed INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS alarm_secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        """;
}
