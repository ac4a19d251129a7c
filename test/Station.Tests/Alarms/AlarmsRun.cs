using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>The module's running parts on the real clock, with statements written into a list instead of a court log.</summary>
internal sealed class AlarmsRun : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-run-").FullName;
    private readonly StationDatabase _database;
    private readonly WarningSenders _senders;
    private readonly AlarmsFeedReader _reader;

    private AlarmsRun(AlarmsOptions options, Contact[] contacts, NoticeChannel[] channels)
    {
        _database = new StationDatabase(Path.Combine(_folder, "alarms.db"));
        Store = new AlarmsStore(_database);
        var plan = new WarningPlan(options, _ => new SealContacts("(2026)京0105执1234号", "建国路93号", contacts), () => null, new Uri("https://seals.court.example"));
        var engine = new AlarmsEngine(Store, plan, options, TimeProvider.System, "boot-1");
        _senders = new WarningSenders(channels, Queue, engine.Outbox, new HealthBoard(TimeProvider.System), TimeProvider.System);
        Scribe = new AlarmsScribe(Store, TestSeal.Sign, OfferAsync, TimeProvider.System, NullLogger<AlarmsScribe>.Instance);
        Follower = new AlarmsFollower(engine, Queue, _senders, Scribe, new IncidentChanges(), TimeProvider.System, NullLogger<AlarmsFollower>.Instance);
        _reader = new AlarmsFeedReader(Feed, Queue);
    }

    public ReceivedFeed Feed { get; } = new();

    public AlarmsQueue Queue { get; } = new();

    public AlarmsStore Store { get; }

    public AlarmsScribe Scribe { get; }

    public AlarmsFollower Follower { get; }

    public ConcurrentQueue<(string? Officer, string Kind, string Subject, CborValue Body, Digest Hash)> Stated { get; } = [];

    public static async Task<AlarmsRun> StartAsync(AlarmsOptions options, Contact[] contacts, params NoticeChannel[] channels)
    {
        var run = new AlarmsRun(options, contacts, channels);
        await run.Scribe.StartAsync(CancellationToken.None);
        await run.Follower.StartAsync(CancellationToken.None);
        await run._reader.StartAsync(CancellationToken.None);
        return run;
    }

    public ValueTask PublishAsync(Fact fact) => Feed.PublishAsync(new FactReceived(fact), TestContext.Current.CancellationToken);

    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.StopAsync(CancellationToken.None);
        await Follower.StopAsync(CancellationToken.None);
        await Scribe.StopAsync(CancellationToken.None);
        await _senders.DisposeAsync();
        _reader.Dispose();
        Follower.Dispose();
        Scribe.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task OfferAsync(Statement statement)
    {
        var officer = statement.Issuer.StartsWith("officer:", StringComparison.Ordinal) ? statement.Issuer["officer:".Length..] : null;
        Stated.Enqueue((officer, statement.Kind, statement.Subject, statement.Body, statement.Hash));
        return Task.CompletedTask;
    }
}
