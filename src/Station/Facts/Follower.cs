using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Facts;

/// <summary>A module's view of the second feed: every sequenced fact once, in log order, across restarts.</summary>
/// <remarks>
/// What a fact changes and the position behind it are one commit, so that a crash repeats neither. Delete the module's
/// tables and its row in <c>follower</c>, and it builds them anew from the log.
/// </remarks>
internal abstract class Follower : BackgroundService
{
    private const int BatchMax = 256;

    private readonly CourtLog _log;
    private readonly string _name;

    protected Follower(string name, CourtLog log, StationDatabase database)
    {
        _name = name;
        _log = log;
        Database = database;
        database.Migrate("CREATE TABLE IF NOT EXISTS follower(name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;");
    }

    protected StationDatabase Database { get; }

    /// <summary>Writes what the fact changes, within the commit that moves the position.</summary>
    protected abstract void Apply(SequencedFact fact, SqliteTransaction transaction);

    /// <summary>Acts on a fact after its commit; skipped for what a crash repeats, so only for what may be lost.</summary>
    protected virtual ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var position = Database.Read(c => c.QuerySingleOrDefault<long?>("SELECT position FROM follower WHERE name = @name", new { name = _name })) ?? 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var entries = _log.Follow(position, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = entries.MoveNextAsync().AsTask();
        try
        {
            await FollowAsync(entries, t => next = t, next, stoppingToken);
        }
        finally
        {
            // A move that is under way must end first, or disposal throws and hides what really went wrong.
            await stop.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task FollowAsync(IAsyncEnumerator<SequencedEntry> entries, Action<Task<bool>> moving, Task<bool> next, CancellationToken cancellationToken)
    {
        var batch = new List<SequencedFact>();
        while (await next)
        {
            // Whatever is there already shares the commit; nothing is waited for.
            do
            {
                batch.Add(Read(entries.Current));
                moving(next = entries.MoveNextAsync().AsTask());
            }
            while (batch.Count < BatchMax && next.IsCompletedSuccessfully && next.Result);

            Commit(batch);
            foreach (var fact in batch)
            {
                await AppliedAsync(fact, cancellationToken);
            }

            batch.Clear();
        }
    }

    private void Commit(List<SequencedFact> batch) => Database.Write(transaction =>
    {
        foreach (var fact in batch)
        {
            Apply(fact, transaction);
        }

        transaction.Connection!.Execute(
            "INSERT INTO follower VALUES (@name, @next) ON CONFLICT(name) DO UPDATE SET position = @next",
            new { name = _name, next = batch[^1].Index + 1 }, transaction);
    });

    private static SequencedFact Read(SequencedEntry entry) =>
        Statement.TryParse(entry.Bytes.Span, out var statement, out var detail) == StatementVerdict.Valid
            ? new SequencedFact(entry.Index, statement!)
            : throw new InvalidDataException($"Log entry {entry.Index} is no statement: {detail}. Run: cinnabar-station fsck");
}
