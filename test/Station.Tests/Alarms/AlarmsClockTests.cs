namespace Cinnabar.Station.Tests.Alarms;

/// <summary>Somebody sets the clock by a day, or the station is down for a while; nothing may fall silent or come twice.</summary>
public sealed class AlarmsClockTests : IDisposable
{
    private readonly AlarmsBench _bench = new(contacts: [AlarmsBench.Judge]);
    private readonly TestSeal _seal;
    private readonly long _start;

    public AlarmsClockTests()
    {
        _seal = new TestSeal("京0105-000017", _bench.Time);
        _start = _bench.Time.GetTimestamp();
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void WallClockJumpsWhileRunning_RepeatsKeepTheirPace(int days)
    {
        _bench.Take(_seal.Says("strip.cut"));
        var seconds = Record(() =>
        {
            _bench.Run(TimeSpan.FromSeconds(40));
            _bench.Time.SetWallClock(TimeSpan.FromDays(days));
            _bench.Run(TimeSpan.FromSeconds(145));
        });
        Assert.Equal([30, 60, 120, 180], seconds);
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    [InlineData(-20)]
    public void WallClockJumpsWhileTheStationIsDown_RepeatsKeepTheirPace(int jump)
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(40));
        _bench.Time.SetWallClock(TimeSpan.FromSeconds(jump));
        _bench.Reopen();
        _bench.Sent.Clear();
        var seconds = Record(() => _bench.Run(TimeSpan.FromSeconds(145)));
        Assert.Equal([60, 120, 180], seconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void WallClockJumpsWhileTheMachineIsDown_TheNextWarningIsAtMostOneGapAway(int days)
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(40));
        _bench.Time.SetWallClock(TimeSpan.FromDays(days));
        _bench.Boot = "boot-2";
        _bench.Reopen();
        _bench.Sent.Clear();
        var seconds = Record(() => _bench.Run(TimeSpan.FromSeconds(125)));
        Assert.Equal([40, 100, 160], seconds);
    }

    [Fact]
    public void StationDownForTenMinutes_SaysOnceWhatItMissed()
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(5));
        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        _bench.Reopen();
        _bench.Sent.Clear();
        var seconds = Record(() => _bench.Run(TimeSpan.FromSeconds(61)));
        Assert.Equal([605, 635], seconds.Take(2));
        Assert.Equal(2, seconds.Length);
    }

    [Fact]
    public void RandomKillsDowntimesAndClockJumps_NeverLeaveARowOverdueByMoreThanFiveSeconds()
    {
        var random = new Random(20261123);
        var due = new Dictionary<string, long>(StringComparer.Ordinal);
        _bench.OnStep = () => CheckDue(due);
        _bench.Take(_seal.Says("strip.cut"));
        for (var i = 0; i < 300; i++)
        {
            switch (random.Next(5))
            {
                case 0: Jump(); break;
                case 1: _bench.Reopen(); break;
                case 2:
                    _bench.Time.Advance(TimeSpan.FromSeconds(random.Next(0, 4)));
                    _bench.Reopen();
                    break;
                case 3:
                    Jump();
                    _bench.Reopen();
                    break;
                default: _bench.Take(_seal.Says("impact")); break;
            }

            _bench.Run(TimeSpan.FromSeconds(random.Next(1, 20)));
        }

        Assert.True(due.Count > 50);

        void Jump() => _bench.Time.SetWallClock(TimeSpan.FromSeconds(random.Next(2) == 0 ? random.Next(-86_400, 86_400) : random.Next(-50, 50)));
    }

    // Notes of each step when, in true time, its row first said that it was due; the row must be gone, and the step done, 5 s later.
    private void CheckDue(Dictionary<string, long> due)
    {
        var (wall, now) = (_bench.Time.GetUtcNow().ToUnixTimeMilliseconds(), _bench.Time.GetTimestamp() / TimeSpan.TicksPerMillisecond);
        var incident = Assert.Single(_bench.Store.OpenIncidents());
        foreach (var (step, dueMs) in new[]
        {
            ($"warning {incident.Episode}.{incident.Round + 1}", incident.RepeatDueMs), ($"level {incident.Episode}.{incident.PlanLevel + 1}", incident.EscalateDueMs),
        })
        {
            if (dueMs is { } ms)
            {
                due.TryAdd(step, now + (ms - wall));
                Assert.True(now - due[step] <= 5_000, $"{step} is overdue by {now - due[step]} ms.");
                Assert.True(Math.Abs(now + (ms - wall) - due[step]) <= 5_000, $"{step} was put off by {now + (ms - wall) - due[step]} ms.");
            }
        }
    }

    // Seconds of true time at which warnings went out while the action ran.
    private int[] Record(Action action)
    {
        var seconds = new List<int>();
        var before = _bench.Sent.Count;
        _bench.OnSent = () => seconds.Add((int)TimeSpan.FromTicks(_bench.Time.GetTimestamp() - _start).TotalSeconds);
        action();
        _bench.OnSent = null;
        Assert.Equal(_bench.Sent.Count - before, seconds.Count);
        return [.. seconds];
    }
}
