using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Anchors;

/// <summary>Takes the other courts' newest final heads into this court's log, every minute as one statement: a before and after that needs no engine.</summary>
internal sealed class CrossLinks : BackgroundService
{
    /// <summary>The kind of statement; docs/formats/kinds.md.</summary>
    public const string Kind = "log.seen";

    // An entry has at most 340 bytes, a statement 65,535. What is left out comes a minute later.
    private const int LogsMax = 150;

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly OtherLogs _others;
    private readonly FactWriter _writer;
    private readonly StationDatabase _database;
    private readonly CourtIdentity _court;

    public CrossLinks(OtherLogs others, FactWriter writer, StationDatabase database, CourtIdentity court)
    {
        (_others, _writer, _database, _court) = (others, writer, database, court);
        database.Migrate("CREATE TABLE IF NOT EXISTS log_seen(origin TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT;");
    }

    /// <summary>States what has grown since the last time.</summary>
    /// <returns>The statement, durable; null when nothing has grown, or the log takes nothing now.</returns>
    public async Task<WrittenFact?> StateAsync()
    {
        var seen = _database.Read(c => c.Query<(string Origin, long Size)>("SELECT origin, size FROM log_seen")).ToDictionary(s => s.Origin, s => s.Size);
        var grown = _others().Where(l => l.Final is { } final && final.Size > seen.GetValueOrDefault(l.Origin)).Take(LogsMax).ToArray();
        if (grown.Length == 0)
        {
            return null;
        }

        var fact = _writer.Station(Kind, _court.Origin, CborValue.Map(("logs", CborValue.Array([.. grown.Select(Entry)]))));
        if ((await fact.Sequencing) is not { IsSequenced: true })
        {
            // The writer keeps it for the log where that helps; said twice, it is true twice.
            return null;
        }

        _database.Write(t =>
        {
            foreach (var log in grown)
            {
                t.Connection!.Execute(
                    "INSERT INTO log_seen VALUES (@Origin, @Size) ON CONFLICT(origin) DO UPDATE SET size = @Size", new { log.Origin, log.Final!.Size }, t);
            }
        });
        return fact;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, _database.Health.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StateAsync();
            }
            catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or Ledger.LogStoppedException)
            {
                // Log and database say so themselves; the next minute finds the same heads, or newer ones.
            }
        }
    }

    private static CborValue Entry(OtherLog log) => CborValue.Array([
        CborValue.Text(log.Origin), CborValue.Integer(log.Final!.Size), CborValue.Bytes(log.Final.Root.ToArray()),
        CborValue.Bytes(Digest.Of(log.Final.Note.Span).ToArray())]);
}
