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
    [InlineData(1)]
    [InlineData(-1)]
    public void WallClockJumpsWhileTheStationIsDown_TheNextWarningIsAtMostOneGapAway(int days)
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(40));
        _bench.Time.SetWallClock(TimeSpan.FromDays(days));
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
    public void RandomKillsAndClockJumps_NeverLeaveAStepOverdueByMoreThanFiveSeconds()
    {
        var random = new Random(20261123);
        _bench.Take(_seal.Says("strip.cut"));
        var last = _bench.Time.GetTimestamp();
        for (var i = 0; i < 300; i++)
        {
            var sent = _bench.Sent.Count;
            switch (random.Next(3))
            {
                case 0: _bench.Time.SetWallClock(TimeSpan.FromSeconds(random.Next(-86_400, 86_400))); break;
                case 1: _bench.Reopen(); break;
                default: _bench.Take(_seal.Says("impact")); break;
            }

            _bench.Run(TimeSpan.FromSeconds(random.Next(1, 20)));
            if (_bench.Sent.Count > sent)
            {
                last = _bench.Time.GetTimestamp();
            }

            Assert.True(TimeSpan.FromTicks(_bench.Time.GetTimestamp() - last) < TimeSpan.FromSeconds(60 + 20 + 5), $"Silent after step {i}.");
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
