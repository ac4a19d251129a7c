using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Dapper;

namespace Cinnabar.Station.Facts;

/// <summary>Statements of this station that the log could not take when they were made; offered again until it does.</summary>
/// <remarks>The log knows its entries by hash, so that offering one twice adds nothing.</remarks>
internal sealed class UnsequencedFacts : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly StationDatabase _database;
    private readonly CourtLog _log;
    private readonly TimeProvider _time;

    public UnsequencedFacts(StationDatabase database, CourtLog log, TimeProvider time)
    {
        _database = database;
        _log = log;
        _time = time;
        database.Migrate("CREATE TABLE IF NOT EXISTS unsequenced(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;");
    }

    public void Keep(Statement statement) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO unsequenced VALUES (@hash, @bytes)",
        new { hash = statement.Hash.ToString(), bytes = statement.Bytes.ToArray() }, t));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, _time);
        do
        {
            foreach (var (hash, bytes) in Waiting())
            {
                if ((await _log.AppendAsync(bytes, stoppingToken)).IsTransient)
                {
                    break;
                }

                _database.Write(t => t.Connection!.Execute("DELETE FROM unsequenced WHERE hash = @hash", new { hash }, t));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private List<(string Hash, byte[] Bytes)> Waiting() =>
        _database.Read(c => c.Query<(string, byte[])>("SELECT hash, bytes FROM unsequenced ORDER BY rowid LIMIT 256").AsList());
}
