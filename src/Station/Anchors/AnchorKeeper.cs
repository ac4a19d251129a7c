using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Anchors;

/// <summary>Brings final heads onto the anchor chain and keeps this court's own book of it. Nothing waits for it, whatever the engine does.</summary>
internal sealed class AnchorKeeper : BackgroundService
{
    /// <summary>The anchors' name on the board of health.</summary>
    public const string Part = "anchors";

    private const string BookFile = "anchors.db";

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    // Most changes of the book come in bursts of five, one burst for each anchor.
    private static readonly TimeSpan s_lookPause = TimeSpan.FromMilliseconds(100);

    private readonly AnchorEngines _engines;
    private readonly AnchorsOptions _options;
    private readonly string _path;
    private readonly string _origin;
    private readonly Digest _log;
    private readonly FinalHeads _final;
    private readonly ChainChanges _changes;
    private readonly HealthBoard _health;
    private readonly Lock _reading = new();
    private AnchorBook? _book;
    private string? _trouble;
    private long _anchored;

    public AnchorKeeper(
        AnchorEngines engines, IOptions<AnchorsOptions> options, IOptions<StationOptions> station, CourtIdentity court, FinalHeads final, ChainChanges changes,
        HealthBoard health)
    {
        (_engines, _options, _final, _changes, _health) = (engines, options.Value, final, changes, health);
        _path = Path.Combine(station.Value.DataDirectory, BookFile);
        _origin = court.Origin;
        _log = Anchor.LogOf(court.Origin);
    }

    /// <summary>Size of the largest head of this court's log that is on the chain; 0 before the first.</summary>
    public long AnchoredSize => Volatile.Read(ref _anchored);

    /// <summary>Why the book or the engine cannot be opened, or anchors cannot be owed; null when they can.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    private TimeProvider Time => _health.Time;

    /// <summary>Asks the book, which stays open meanwhile.</summary>
    /// <returns>False while there is none: no engine, or its file cannot be opened.</returns>
    public bool TryRead<T>(Func<AnchorBook, T> read, out T? result)
    {
        lock (_reading)
        {
            result = _book is { } book ? read(book) : default;
            return _book is not null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_engines.Kind == AnchorEngineKind.None)
        {
            return;
        }

        // Files are opened and synced below, and the station's start must not wait for that.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Tell($"The book of anchors stands still: {e.Message} Receipts go on. Look at the disk and at {BookFile}.");
            }

            await Task.Delay(s_retry, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>With an open book until its file fails.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var store = SqliteAnchorBookStore.Open(_path);
        var book = AnchorBook.Open(store, new AnchorBookOptions
        {
            Origin = _origin, Spacing = _options.Spacing, BehindAfter = _options.BehindAfter, Patience = _options.Patience,
            ContestingCourts = _options.ContestingCourts, AdoptWiped = _options.AdoptWiped, JoinAt = _options.ReadJoinAt(),
        }, Time);
        Use(book);
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task[] lanes = [OweAsync(book, together.Token), LinkAsync(book, together.Token), LookAsync(book, together.Token)];
            var first = await Task.WhenAny(lanes);
            await together.CancelAsync();
            await Task.WhenAll(lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first;
        }
        finally
        {
            Use(null);
        }
    }

    /// <summary>Owes the newest final head, again and again, never more often than the engine is to be asked.</summary>
    private async Task OweAsync(AnchorBook book, CancellationToken cancellationToken)
    {
        for (var size = 0L; ;)
        {
            var head = await _final.WaitForSizeAsync(size + 1, cancellationToken);
            book.Owe(Anchor.Of(new Checkpoint(_origin, head.Size, head.Root)));
            size = head.Size;
            await Task.Delay(_options.Spacing, Time, cancellationToken);
        }
    }

    private async Task LinkAsync(AnchorBook book, CancellationToken cancellationToken)
    {
        // What an engine shows of this court's log cannot be judged by a book that never owed anything of it.
        for (var changed = book.Changed; !book.HasOwed(_log); changed = book.Changed)
        {
            await changed.WaitAsync(cancellationToken);
        }

        while (true)
        {
            if (TryOpen(out var engine, out var http))
            {
                using (http)
                await using (engine)
                {
                    await new AnchorLink(book, engine!, _engines.LinkOptions, Time).RunAsync(cancellationToken);
                }
            }

            await Task.Delay(s_retry, Time, cancellationToken);
        }
    }

    private bool TryOpen(out IAnchorEngine? engine, out HttpClient? http)
    {
        try
        {
            (engine, http) = _engines.Open();
            Tell(null);
            return true;
        }
        catch (Exception e)
        {
            // Files and settings that a person can mend while the station runs.
            (engine, http) = (null, null);
            Tell($"The anchor engine cannot be opened: {e.Message} Receipts go on; anchors are kept and sent later.");
            return false;
        }
    }

    /// <summary>Tells health and pages how the book stands, at each change and every few seconds: an engine also falls behind by time alone.</summary>
    private async Task LookAsync(AnchorBook book, CancellationToken cancellationToken)
    {
        (AnchorCondition, int Owed, long? Block, int Alarms, string? Answers, string? Trouble) told = default;
        while (true)
        {
            var changed = book.Changed;
            Volatile.Write(ref _anchored, book.NewestOf(_log)?.Anchor.Size ?? 0);
            var (state, trouble) = (book.State, Trouble);
            var (level, detail) = AnchorSentence.Of(state, trouble);
            _health.Report(Part, level, detail);
            var now = (state.Condition, state.Owed, book.LastBlock?.Serial, book.Alarms.Count, book.Answered?.Value, trouble);
            if (now != told)
            {
                told = now;
                _changes.Tell();
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(s_retry, Time, enough.Token));
            await enough.CancelAsync();
            await Task.Delay(s_lookPause, Time, cancellationToken);
        }
    }

    private void Tell(string? trouble)
    {
        var changed = Interlocked.Exchange(ref _trouble, trouble) != trouble;
        if (trouble is not null)
        {
            // Good again is told by whoever looks at the book.
            _health.Report(Part, HealthLevel.Degraded, trouble);
        }

        if (changed)
        {
            _changes.Tell();
        }
    }

    private void Use(AnchorBook? book)
    {
        lock (_reading)
        {
            _book = book;
        }
    }
}
