using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Cinnabar.Station.Tests.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Tests.Alarms;

public sealed class AlarmsAuditorTests : IDisposable
{
    private readonly AlarmsBench _bench = new(contacts: [AlarmsBench.Judge]);
    private readonly string _deadMan = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly HealthBoard _health;
    private readonly WarningSenders _senders;
    private readonly AlarmsFollower _follower;
    private int _calls;

    public AlarmsAuditorTests()
    {
        var queue = new AlarmsQueue();
        _health = new HealthBoard(_bench.Time);
        _senders = new WarningSenders([], queue, _bench.Engine.Outbox, _health, _bench.Time);
        var scribe = new AlarmsScribe(_bench.Store, TestSeal.Sign, _ => Task.CompletedTask, _bench.Time, NullLogger<AlarmsScribe>.Instance);
        _follower = new AlarmsFollower(_bench.Engine, queue, _senders, scribe, new IncidentChanges(), _bench.Time, NullLogger<AlarmsFollower>.Instance);
        _bench.Options.DeadManFile = _deadMan;
        _bench.Options.AuditTolerance = TimeSpan.FromMinutes(1);
    }

    public void Dispose()
    {
        _follower.Dispose();
        _bench.Dispose();
        File.Delete(_deadMan);
    }

    [Fact]
    public async Task AllInTime_PulsesTheDeadMan()
    {
        _bench.Take(new TestSeal("s", _bench.Time).Says("strip.cut"));
        using var auditor = Auditor();
        await auditor.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ok", _health.Sentence(AlarmsAuditor.Part));
        Assert.True(File.Exists(_deadMan));
    }

    [Fact]
    public async Task StepThatNobodyTakes_IsFoundAtTheSecondLookAndTheDutyDeskIsWarned()
    {
        await using var peer = await HttpPeer.StartAsync(_ => { }, r => r.MapPost("/hook", () => Interlocked.Increment(ref _calls)));
        using var hook = new WebhookChannel(
            new WebhookOptions { Url = new Uri(peer.Address, "/hook"), Secret = new string('s', 40), AllowPrivateAddresses = true }, TimeProvider.System);
        _bench.Options.Duty.Add(new DutyContact { Name = "duty", Channel = "webhook", Address = "-" });
        _bench.Options.AuditTolerance = TimeSpan.FromSeconds(5);
        _bench.Take(new TestSeal("s", _bench.Time).Says("strip.cut"));
        var incident = Assert.Single(_bench.Store.OpenIncidents());
        // The engine stands still: nobody drives the bench.
        _bench.Time.Advance(TimeSpan.FromSeconds(36));
        using var auditor = Auditor(new NoticeChannel(hook, 1));
        await auditor.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ok", _health.Sentence(AlarmsAuditor.Part));
        await auditor.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal("The alarm engine has not moved for 36 s.", _health.Sentence(AlarmsAuditor.Part));
        await auditor.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _calls);
        Assert.False(File.Exists(_deadMan));
        Assert.Contains(incident.Id, Assert.Single(_bench.Store.Overdue(_bench.Time.GetUtcNow().ToUnixTimeMilliseconds())), StringComparison.Ordinal);
    }

    [Fact]
    public void IncidentWithoutAnyStep_IsOverdue()
    {
        _bench.Take(new TestSeal("s", _bench.Time).Says("strip.cut"));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_bench.DatabaseFile}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM alarm_timer";
            command.ExecuteNonQuery();
        }

        Assert.Single(_bench.Store.Overdue(0));
    }

    [Fact]
    public void AcknowledgedIncident_IsNeverOverdue()
    {
        _bench.Take(new TestSeal("s", _bench.Time).Says("strip.cut"));
        _bench.Acknowledge(Assert.Single(_bench.Store.OpenIncidents()).Id);
        Assert.Empty(_bench.Store.Overdue(long.MaxValue));
    }

    private AlarmsAuditor Auditor(params NoticeChannel[] channels) =>
        new(_bench.Store, _follower, channels, Options.Create(_bench.Options), _health, _bench.Time, NullLogger<AlarmsAuditor>.Instance);
}
