using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Facts;

/// <summary>A module's view of the second feed: every sequenced fact once, in log order, across restarts.</summary>
/// <remarks>
/// <para>What a fact changes and the position behind it are one commit, so that a crash repeats neither. Delete the module's
/// tables and its row in <c>follower</c>, and it builds them anew from the log.</para>
/// <para>A failure of disk or database is reported and tried again from the stored position, for ever: the station goes on
/// without this module rather than not at all. A signed fact whose body makes no sense to a module (it threw
/// <see cref="FormatException"/> or <see cref="OverflowException"/>) is passed over: what one seal states cannot stop the rest.</para>
/// </remarks>
internal abstract class Follower : BackgroundService
{
    private const int BatchMax = 256;
    private const long LagMax = 10_000;

    private static readonly TimeSpan s_pauseFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(30);

    private readonly CourtLog _log;
    private readonly string _name;
    private readonly long _sizeAtStart;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private string? _failure;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected Follower(string name, CourtLog log, StationDatabase database)
    {
        _name = name;
        _log = log;
        _sizeAtStart = log.Head.Size;
        Database = database;
        database.Migrate("CREATE TABLE IF NOT EXISTS follower(name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;");
        _position = database.Read(c => c.QuerySingleOrDefault<long?>("SELECT position FROM follower WHERE name = @name", new { name })) ?? 0;
        database.Health.Watch($"follower:{name}", Probe);
        NotePosition();
    }

    /// <summary>Log index of the next fact to come.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Completes when everything the log held at the start has been applied.</summary>
    public Task CaughtUp => _caughtUp.Task;

    protected StationDatabase Database { get; }

    /// <summary>Waits until all entries below this index were applied.</summary>
    public async Task WaitForAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the position is looked at: a move in between completes this very task.
            var moved = Volatile.Read(ref _moved).Task;
            if (Position >= position)
            {
                return;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Writes what the fact changes, within the commit that moves the position.</summary>
    /// <remarks>Changes nothing outside the transaction: a rolled-back batch is applied again.</remarks>
    protected abstract void Apply(SequencedFact fact, SqliteTransaction transaction);

    /// <summary>Acts on a fact after its commit; skipped for what a crash repeats, so only for what may be lost.</summary>
    protected virtual ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = s_pauseFirst;
        while (true)
        {
            var before = Position;
            try
            {
                await FollowAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LogStoppedException)
            {
                // The log says so itself. Whatever it signed has been applied, and nothing comes after it before a restart.
                return;
            }
            catch (Exception e)
            {
                // Disk or database. Nobody else can apply this module's facts, so it goes on trying.
                Volatile.Write(ref _failure, e.Message);
            }

            pause = Position > before ? s_pauseFirst : pause;
            await Task.Delay(pause, Database.Health.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < s_pauseMax ? pause * 2 : s_pauseMax;
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var entries = _log.Follow(Position, stop.Token).GetAsyncEnumerator(stop.Token);
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
                next = entries.MoveNextAsync().AsTask();
                moving(next);
            }
            while (batch.Count < BatchMax && next.IsCompletedSuccessfully && next.Result);

            Commit(batch);
            foreach (var fact in batch)
            {
                await ActAsync(fact, cancellationToken);
            }

            batch.Clear();
        }
    }

    private void Commit(List<SequencedFact> batch)
    {
        try
        {
            Commit(batch, apply: true);
        }
        catch (Exception e) when (IsNonsense(e) && batch.Count > 1)
        {
            foreach (var fact in batch)
            {
                Commit([fact]);
            }
        }
        catch (Exception e) when (IsNonsense(e))
        {
            Commit(batch, apply: false);
        }
    }

    private void Commit(List<SequencedFact> batch, bool apply)
    {
        var next = batch[^1].Index + 1;
        Database.Write(transaction =>
        {
            foreach (var fact in apply ? batch : [])
            {
                Apply(fact, transaction);
            }

            transaction.Connection!.Execute(
                "INSERT INTO follower VALUES (@name, @next) ON CONFLICT(name) DO UPDATE SET position = @next", new { name = _name, next }, transaction);
        });
        Volatile.Write(ref _position, next);
        Volatile.Write(ref _failure, null);
        NotePosition();
    }

    private async ValueTask ActAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        try
        {
            await AppliedAsync(fact, cancellationToken);
        }
        catch (Exception e) when (IsNonsense(e))
        {
            // As in Apply: nothing follows from a body that makes no sense.
        }
    }

    private void NotePosition()
    {
        if (Position >= _sizeAtStart)
        {
            _caughtUp.TrySetResult();
        }

        Interlocked.Exchange(ref _moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private (HealthLevel Level, string Detail) Probe()
    {
        var lag = _log.Head.Size - Position;
        return Volatile.Read(ref _failure) is { } failure ? (HealthLevel.Failed, $"Stands at entry {Position}: {failure}")
            : lag > LagMax ? (HealthLevel.Degraded, $"{lag} entries behind.")
            : (HealthLevel.Good, "");
    }

    private static bool IsNonsense(Exception e) => e is FormatException or OverflowException;

    private static SequencedFact Read(SequencedEntry entry) =>
        Statement.TryParse(entry.Bytes.Span, out var statement, out var detail) == StatementVerdict.Valid
            ? new SequencedFact(entry.Index, statement!)
            : throw new InvalidDataException($"Log entry {entry.Index} is no statement: {detail} Run: cinnabar-station fsck");
}
