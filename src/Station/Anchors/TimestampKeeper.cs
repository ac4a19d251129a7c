using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Timestamps;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Anchors;

/// <summary>Has the newest block stamped once a day; where there is no chain, the newest final head. Nothing waits for it.</summary>
internal sealed class TimestampKeeper(
    IOptions<TimestampsOptions> options, IOptions<StationOptions> station, AnchorKeeper anchors, CourtIdentity court, FinalHeads final, ChainChanges changes,
    HealthBoard health) : BackgroundService
{
    /// <summary>The timestamps' name on the board of health.</summary>
    public const string Part = "timestamps";

    private const int Shown = 30;

    private IReadOnlyList<TimestampView> _newest = [];

    /// <summary>The newest timestamps that are kept and valid, the newest first.</summary>
    public IReadOnlyList<TimestampView> Newest => Volatile.Read(ref _newest);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Url is not { } url)
        {
            return;
        }

        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(url, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The archive's disk, or a file of roots that is none.
                health.Report(Part, HealthLevel.Degraded, $"Timestamps cannot be kept: {e.Message}");
            }

            await Task.Delay(options.Value.RetryAfter, health.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(Uri url, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(settings.RootsFile);
        var archive = new TimestampArchive(Path.Combine(station.Value.DataDirectory, "timestamps"));
        using var random = RandomNumberGenerator.Create();
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var authority = new TimestampAuthority(
            url, roots, new TimestampLimits { Timeout = settings.Timeout, ClockTolerance = settings.ClockTolerance }, http, health.Time, random);
        Read(archive, roots);
        await new DailyTimestamps(authority, archive, NewestAsync, Told, settings.RetryAfter, health.Time).RunAsync(cancellationToken);

        void Told(TimestampResult result)
        {
            Read(archive, roots);
            health.Report(
                Part, result.Verdict == TimestampVerdict.Valid ? HealthLevel.Good : HealthLevel.Degraded,
                result.Verdict == TimestampVerdict.Valid ? "" : $"{url.Host} gave no timestamp ({(int)result.Verdict} {result.Verdict}): {result.Detail}");
        }
    }

    private async Task<Digest?> NewestAsync(CancellationToken cancellationToken)
    {
        var head = await final.WaitForSizeAsync(1, cancellationToken);
        return anchors.TryRead(book => book.LastBlock, out var block) && block is not null
            ? block.Hash
            : Anchor.Of(new Checkpoint(court.Origin, head.Size, head.Root)).Checkpoint;
    }

    private void Read(TimestampArchive archive, X509Certificate2Collection roots)
    {
        var views = new List<TimestampView>();
        foreach (var day in archive.Days().TakeLast(Shown).Reverse())
        {
            if (archive.TryRead(day, out var imprint, out var token)
                && TimestampVerifier.Verify(token, new TimestampExpectation(imprint), roots, out var facts) == TimestampVerdict.Valid)
            {
                views.Add(new TimestampView(day, facts!.Authority, facts.Time, imprint.ToString()));
            }
        }

        Volatile.Write(ref _newest, views);
        changes.Tell();
    }
}
