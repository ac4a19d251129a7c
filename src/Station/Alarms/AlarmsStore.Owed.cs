using Cinnabar.Evidence;
using Dapper;

namespace Cinnabar.Station.Alarms;

internal sealed partial class AlarmsStore
{
    /// <summary>The oldest statements not yet handed to the log.</summary>
    public List<OwedFact> Owed(int count) => _database.Read(c => c.Query<OwedFact>(
        "SELECT sequence AS Sequence, officer AS Officer, subject AS Subject, kind AS Kind, body AS Body, warning_key AS WarningKey FROM alarm_owed ORDER BY sequence LIMIT @count",
        new { count }).AsList());

    /// <summary>Hash of the statement about a warning's last attempt; null while it is not written.</summary>
    public Digest? AttemptHash(string warningKey) => _database.Read(c => c.QuerySingleOrDefault<string>(
        "SELECT attempt_hash FROM alarm_warning WHERE key = @warningKey", new { warningKey })) is { } hex && Digest.TryParseHex(hex, out var hash) ? hash : null;

    /// <summary>Strikes off what the log has.</summary>
    /// <param name="attempts">Hashes of the statements about attempts, by warning.</param>
    public void Written(long upTo, IReadOnlyDictionary<string, Digest> attempts) => _database.Write(t =>
    {
        t.Connection!.Execute("DELETE FROM alarm_owed WHERE sequence <= @upTo", new { upTo }, t);
        t.Connection!.Execute(
            "UPDATE alarm_warning SET attempt_hash = @hash WHERE key = @key", attempts.Select(a => new { key = a.Key, hash = a.Value.ToString() }), t);
    });
}
