using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Dapper;

namespace Cinnabar.Station.Alarms;

internal sealed partial class AlarmsStore
{
    /// <summary>The oldest statements not yet handed to the log.</summary>
    public List<OwedFact> Owed(int count) => _database.Read(c => c.Query<OwedFact>(
        """
        SELECT o.sequence AS Sequence, o.officer AS Officer, o.subject AS Subject, o.kind AS Kind, o.body AS Body, o.warning_key AS WarningKey,
            s.statement AS Statement
        FROM alarm_owed o LEFT JOIN alarm_owed_signed s ON s.sequence = o.sequence ORDER BY o.sequence LIMIT @count
        """, new { count }).AsList());

    /// <summary>Hash of the statement about a warning's last attempt; null while it is not signed.</summary>
    public Digest? AttemptHash(string warningKey) => _database.Read(c => c.QuerySingleOrDefault<string>(
        "SELECT attempt_hash FROM alarm_warning WHERE key = @warningKey", new { warningKey })) is { } hex && Digest.TryParseHex(hex, out var hash) ? hash : null;

    /// <summary>Keeps the signed bytes before the log gets them: what a crash makes us offer again is the very same statement.</summary>
    /// <param name="attempts">Hashes of the statements about attempts, by warning.</param>
    public void Signed(IEnumerable<(long Sequence, Statement Statement)> statements, IReadOnlyDictionary<string, Digest> attempts) => _database.Write(t =>
    {
        t.Connection!.Execute(
            "INSERT INTO alarm_owed_signed VALUES (@Sequence, @bytes)", statements.Select(s => new { s.Sequence, bytes = s.Statement.Bytes.ToArray() }), t);
        t.Connection!.Execute(
            "UPDATE alarm_warning SET attempt_hash = @hash WHERE key = @key", attempts.Select(a => new { key = a.Key, hash = a.Value.ToString() }), t);
    });

    /// <summary>Strikes off what the log has.</summary>
    public void Written(long upTo) => _database.Write(t =>
    {
        t.Connection!.Execute("DELETE FROM alarm_owed WHERE sequence <= @upTo", new { upTo }, t);
        t.Connection!.Execute("DELETE FROM alarm_owed_signed WHERE sequence <= @upTo", new { upTo }, t);
    });
}
