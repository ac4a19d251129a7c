using System.Globalization;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Alarms;

/// <summary>Re-checks every open incident for an overdue step, straight from the database and apart from the engine.</summary>
/// <remarks>
/// While all is well it pulses a dead-man signal that a watchdog outside can miss; when not, it warns the duty desk over
/// the channels itself. A finding counts when two looks in a row have it: a clock that has just jumped is no failure.
/// </remarks>
internal sealed partial class AlarmsAuditor(
    AlarmsStore store, AlarmsFollower follower, IEnumerable<NoticeChannel> channels, IOptions<AlarmsOptions> options, HealthBoard health,
    TimeProvider time, ILogger<AlarmsAuditor> log) : BackgroundService
{
    /// <summary>Its name on the board of health.</summary>
    public const string Part = "auditor";

    private static readonly TimeSpan s_raiseAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pulseTimeout = TimeSpan.FromSeconds(5);
    private readonly AlarmsOptions _options = options.Value;
    private readonly HttpClient _client = new(OutboundConnection.Handler(allowPrivateAddresses: true, maxConnections: 1)) { Timeout = s_pulseTimeout };
    private string? _before;
    private long? _raisedAt;

    /// <summary>One look; the loop calls it, tests too.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var found = Find();
        var confirmed = found is not null && _before is not null ? found : null;
        _before = found;
        health.Report(Part, confirmed is null ? HealthLevel.Good : HealthLevel.Failed, confirmed ?? "");
        if (confirmed is not null)
        {
            await RaiseAsync(confirmed, cancellationToken);
        }
        else if (found is null)
        {
            _raisedAt = null;
            await PulseAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.AuditEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogLookFailed(e);
            }
        }
    }

    private string? Find()
    {
        if (follower.IsUnsaved)
        {
            return "The alarm database cannot be written.";
        }

        if (time.GetElapsedTime(follower.LastTurnStamp) is var idle && idle > _options.AuditTolerance)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The alarm engine has not moved for {idle.TotalSeconds:0} s.");
        }

        try
        {
            var overdue = store.Overdue((time.GetUtcNow() - _options.AuditTolerance).ToUnixTimeMilliseconds());
            return overdue.Count == 0 ? null : $"{overdue.Count} open incidents have no step in time, first {overdue[0]}.";
        }
        catch (SqliteException e)
        {
            return $"The alarm database cannot be read (SQLite {e.SqliteErrorCode}).";
        }
    }

    private async Task RaiseAsync(string trouble, CancellationToken cancellationToken)
    {
        if (_raisedAt is { } raised && time.GetElapsedTime(raised) < s_raiseAgain)
        {
            return;
        }

        _raisedAt = time.GetTimestamp();
        LogTrouble(trouble);
        var now = time.GetUtcNow();
        var facts = new WarningFacts("auditor", "alarms.overdue", 3, 1, "", "", trouble, now, null, null);
        await Task.WhenAll(
            from contact in _options.Duty
            from channel in channels
            where channel.Channel.Name == contact.Channel
            select channel.Channel.SendAsync(
                new Notice($"auditor.{now.ToUnixTimeMilliseconds()}.{contact.Name}", contact.Address, WarningText.Compose(facts, WarningAudience.Officer, contact.Language), facts),
                cancellationToken));
    }

    private async Task PulseAsync(CancellationToken cancellationToken)
    {
        if (_options.DeadManFile is { } file)
        {
            await File.WriteAllTextAsync(file, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        }

        if (_options.DeadManUrl is { } url)
        {
            using var answer = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }

    [LoggerMessage(3003, LogLevel.Critical, "Alarm auditor: {Trouble}")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(3004, LogLevel.Error, "The alarm auditor's look failed.")]
    private partial void LogLookFailed(Exception e);
}
