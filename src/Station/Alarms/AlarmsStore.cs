using System.Security.Cryptography;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Alarms;

/// <summary>Incidents, their timers, the outbox and the statements still owed to the log.</summary>
/// <remarks>
/// Has a database file of its own: a warning must not queue behind another module's commit. Writes come from the
/// follower, statement hashes from the scribe; reads from anybody.
/// </remarks>
internal sealed partial class AlarmsStore
{
    private readonly StationDatabase _database;

    public AlarmsStore(StationDatabase database)
    {
        _database = database;
        database.Migrate(Schema);
    }

    /// <summary>Random bytes made at the first call and kept for good.</summary>
    public byte[] Secret(string name) => _database.Write(t =>
    {
        t.Connection!.Execute("INSERT OR IGNORE INTO alarm_secret VALUES (@name, @value)", new { name, value = RandomNumberGenerator.GetBytes(32) }, t);
        return t.Connection!.QuerySingle<byte[]>("SELECT value FROM alarm_secret WHERE name = @name", new { name }, t);
    });

    /// <summary>Which of these statements were handled before.</summary>
    public HashSet<string> Seen(IEnumerable<string> hashes)
    {
        var asked = hashes.ToList();
        return asked.Count == 0 ? [] : _database.Read(c =>
        {
            using var command = c.CreateCommand();
            command.CommandText = "SELECT 1 FROM alarm_seen WHERE hash = @hash";
            var hash = command.Parameters.Add("@hash", SqliteType.Text);
            return asked.Where(h =>
            {
                hash.Value = h;
                return command.ExecuteScalar() is not null;
            }).ToHashSet(StringComparer.Ordinal);
        });
    }

    public List<Incident> OpenIncidents() => _database.Read(c => c.Query<IncidentRow>(IncidentSelect + " WHERE i.handling < 3").Select(r => r.ToIncident()).ToList());

    public List<Warning> PendingWarnings() => _database.Read(c => c.Query<WarningRow>(
        WarningSelect + " WHERE state = 0 ORDER BY created_ms, rowid").Select(r => r.ToWarning()).ToList());

    public List<(string Seal, string Device, bool Armed)> Seals() =>
        _database.Read(c => c.Query<(string, string, bool)>("SELECT seal, device, armed FROM alarm_seal").AsList());

    /// <summary>Everything these turns decided, in one commit: durable when this returns, or not there at all.</summary>
    /// <param name="clock">The clocks that the turns' due times were written under.</param>
    public void Commit(IReadOnlyList<DecidedTurn> turns, ClockMark clock) => _database.Write(t => Put(turns, clock, t));

    /// <summary>All of a commit but its end: it leaves nothing behind.</summary>
    public void Rehearse(DecidedTurn turn, ClockMark clock) => _database.Write(t =>
    {
        t.Save("before");
        Put([turn], clock, t);
        t.Rollback("before");
    });

    /// <summary>The clocks that the last commit was written under.</summary>
    public ClockMark? Clock() => _database.Read(c => c.QuerySingleOrDefault<ClockMark>(
        "SELECT boot AS Boot, wall_ms AS WallMs, monotonic_ms AS MonotonicMs FROM alarm_clock"));

    private static void Put(IReadOnlyList<DecidedTurn> turns, ClockMark clock, SqliteTransaction t)
    {
        foreach (var decided in turns)
        {
            Put(decided, t);
        }

        t.Connection!.Execute("INSERT OR REPLACE INTO alarm_clock VALUES (1, @Boot, @WallMs, @MonotonicMs)", clock, t);
    }

    private static void Put(DecidedTurn decided, SqliteTransaction t)
    {
        var c = t.Connection!;
        var turn = decided.Turn;
        c.Execute("INSERT OR IGNORE INTO alarm_seen VALUES (@hash)", turn.Handled.Select(hash => new { hash }), t);
        foreach (var incident in turn.Changed)
        {
            Put(incident, t);
        }

        c.Execute("UPDATE alarm_warning SET state = 5, notice = NULL, reason = 'not needed' WHERE key = @key AND state = 0", decided.Dropped.Select(key => new { key }), t);
        foreach (var warning in turn.Warnings)
        {
            Put(warning, t);
        }

        foreach (var result in decided.Results)
        {
            Put(result, t);
        }

        foreach (var report in turn.Reports)
        {
            Put(report.Report, t);
        }

        c.Execute("INSERT INTO alarm_owed(officer, subject, kind, body, warning_key) VALUES (@Officer, @Subject, @Kind, @Body, @WarningKey)", turn.Owed, t);
        PutSurroundings(turn, t);
    }

    private static void PutSurroundings(AlarmsTurn turn, SqliteTransaction t)
    {
        var c = t.Connection!;
        c.Execute("INSERT OR IGNORE INTO alarm_timeline VALUES (@Incident, @Hash, @Kind, @Issuer, @AtMs, @ReceivedMs, @Sequence)", turn.Timeline, t);
        c.Execute(
            """
            INSERT OR IGNORE INTO alarm_still(incident, hash, offset_ms, width, height, thumbnail, taken_ms)
            VALUES (@Incident, @Hash, @OffsetMs, @Width, @Height, @Thumbnail, @TakenMs)
            """, turn.Stills, t);
        c.Execute(
            """
            INSERT INTO alarm_seal VALUES (@SealNumber, coalesce(@Device, ''), coalesce(@Armed, 0)) ON CONFLICT DO UPDATE SET
                device = coalesce(@Device, device), armed = coalesce(@Armed, armed)
            """, turn.Supervisions, t);
    }

    private static void Put(Incident i, SqliteTransaction t)
    {
        t.Connection!.Execute(
            """
            INSERT INTO alarm_incident VALUES (@Id, @SealNumber, @Class, @Kind, @Level, @TriggerHash, @Causes, @Handling, @OpenedAtMs, @Episode,
                @Triggers, @LastTriggerMs, @Round, @Warnings, @LastWarnedAtMs, @PlanLevel, @AcknowledgedBy, @AcknowledgedAtMs, @Outcome, @Note)
            ON CONFLICT DO UPDATE SET kind = @Kind, level = @Level, trigger_hash = @TriggerHash, causes = @Causes, handling = @Handling,
                episode = @Episode, triggers = @Triggers, last_trigger_ms = @LastTriggerMs, round = @Round, warnings = @Warnings,
                last_warned_ms = @LastWarnedAtMs, plan_level = @PlanLevel, acknowledged_by = @AcknowledgedBy,
                acknowledged_ms = @AcknowledgedAtMs, outcome = @Outcome, note = @Note
            """,
            new
            {
                i.Id, i.SealNumber, i.Class, i.Kind, i.Level, i.TriggerHash, Causes = string.Join(' ', i.Causes), i.Handling, i.OpenedAtMs, i.Episode,
                i.Triggers, i.LastTriggerMs, i.Round, i.Warnings, i.LastWarnedAtMs, i.PlanLevel, i.AcknowledgedBy, i.AcknowledgedAtMs, i.Outcome, i.Note,
            }, t);
        PutTimer(i.Id, "repeat", i.RepeatDueMs, t);
        PutTimer(i.Id, "escalate", i.EscalateDueMs, t);
    }

    private static void PutTimer(string incident, string step, long? due, SqliteTransaction t) => t.Connection!.Execute(
        due is null
            ? "DELETE FROM alarm_timer WHERE incident = @incident AND step = @step"
            : "INSERT INTO alarm_timer VALUES (@incident, @step, @due) ON CONFLICT DO UPDATE SET due_ms = @due",
        new { incident, step, due }, t);

    // The same key a second time is the same warning: it is not made again.
    private static void Put(Warning w, SqliteTransaction t) => t.Connection!.Execute(
        """
        INSERT OR IGNORE INTO alarm_warning(key, incident, episode, plan_level, trigger_hash, contact, name, channel, address, audience, language,
            notice, salt, token_hash, created_ms, state, attempts)
        VALUES (@Key, @Incident, @Episode, @PlanLevel, @TriggerHash, @Id, @Name, @Channel, @Address, @Audience, @Language,
            @Notice, @Salt, @TokenHash, @CreatedMs, 0, 0)
        """,
        new
        {
            w.Key, w.Incident, w.Episode, w.PlanLevel, w.TriggerHash, w.Contact.Id, w.Contact.Name, w.Contact.Channel, w.Contact.Address,
            w.Contact.Audience, w.Contact.Language, Notice = JsonSerializer.Serialize(w.Notice, AlarmsJson.Default.Notice), w.Salt, w.TokenHash, w.CreatedMs,
        }, t);

    private static void Put(WarningResult r, SqliteTransaction t)
    {
        var w = r.Warning;
        // The text holds the token of the phone page; it is kept only as long as it may have to be sent.
        t.Connection!.Execute(
            """
            UPDATE alarm_warning SET state = @State, attempts = @Attempt, reason = @Reason, provider = coalesce(@ProviderId, provider),
                called_ms = coalesce(called_ms, @CalledAtMs), notice = CASE WHEN @State = 0 THEN notice END WHERE key = @Key
            """, new { w.Key, r.State, r.Attempt, r.Delivery.Reason, r.Delivery.ProviderId, r.CalledAtMs }, t);
        var body = CborValue.Map(
            ("incident", CborValue.Text(w.Incident)), ("trigger", CborValue.Bytes(Convert.FromHexString(w.TriggerHash))),
            ("channel", CborValue.Text(w.Contact.Channel)), ("recipient", CborValue.Bytes(w.Commitment())), ("attempt", CborValue.Integer(r.Attempt)),
            ("level", CborValue.Integer(w.PlanLevel)), ("key", CborValue.Text(w.Key)), ("at", CborValue.Integer(r.CalledAtMs)));
        Owe("warning.attempt", w.Notice.Facts.SealNumber, body, w.Key, t);
        Owe("warning.result", w.Notice.Facts.SealNumber, ResultBody(OutcomeName(r.Delivery.Outcome), r.Delivery.Reason, r.Delivery.ProviderId), w.Key, t);
    }

    private static void Put(DeliveryReport report, SqliteTransaction t)
    {
        var c = t.Connection!;
        if (c.QuerySingleOrDefault<string>(
            """
            UPDATE alarm_warning SET report = @Reason, provider = coalesce(@ProviderId, provider) WHERE key = @Key AND report IS NOT @Reason
            RETURNING (SELECT seal FROM alarm_incident WHERE id = incident)
            """, report, t) is { } seal)
        {
            Owe("warning.result", seal, ResultBody(report.IsFinal ? "final" : "interim", report.Reason, report.ProviderId), report.Key, t);
        }
    }

    private static CborValue ResultBody(string result, string reason, string? provider) => CborValue.Map(
        ("result", CborValue.Text(result)), ("reason", CborValue.Text(reason)), ("provider", provider is null ? null : CborValue.Text(provider)));

    private static void Owe(string kind, string subject, CborValue body, string warningKey, SqliteTransaction t) => t.Connection!.Execute(
        "INSERT INTO alarm_owed(subject, kind, body, warning_key) VALUES (@subject, @kind, @body, @warningKey)",
        new { subject, kind, body = body.Encode(), warningKey }, t);

    private static string OutcomeName(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.HandedOff => "handed off",
        DeliveryOutcome.Refused => "refused",
        DeliveryOutcome.Unreachable => "unreachable",
        _ => "timed out",
    };
}
