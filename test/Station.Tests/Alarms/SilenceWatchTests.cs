using Cinnabar.Shared;
using Cinnabar.Station.Alarms;

namespace Cinnabar.Station.Tests.Alarms;

public sealed class SilenceWatchTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly SilenceWatch _watch;

    public SilenceWatchTests() => _watch = new SilenceWatch(new AlarmsOptions(), _time);

    [Fact]
    public void ArmedSealThatStopsReporting_IsMissedOnceAfterTheLimit()
    {
        _watch.Apply(new Supervision("s", "d", true));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(_watch.Beat("s", "d"));
        _time.Advance(TimeSpan.FromSeconds(34));
        Assert.Empty(_watch.TakeMissed());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("s", "d", TimeSpan.FromSeconds(35)), Assert.Single(_watch.TakeMissed()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_watch.TakeMissed());
    }

    [Fact]
    public void MissedSealThatReportsAgain_IsBackOnceAndCanBeMissedAgain()
    {
        _watch.Apply(new Supervision("s", "d", true));
        _time.Advance(TimeSpan.FromSeconds(36));
        Assert.Single(_watch.TakeMissed());
        Assert.True(_watch.Beat("s", "d"));
        Assert.False(_watch.Beat("s", "d"));
        _time.Advance(TimeSpan.FromSeconds(36));
        Assert.Single(_watch.TakeMissed());
    }

    [Fact]
    public void AfterTheStationsStart_EverySealHasTheGrace()
    {
        _watch.Resume("s", "d", armed: true, missed: false);
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Empty(_watch.TakeMissed());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_watch.TakeMissed());
    }

    [Fact]
    public void SealMissedBeforeTheStart_IsNotMissedTwiceAndIsStillMissedBack()
    {
        _watch.Resume("s", "d", armed: true, missed: true);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_watch.TakeMissed());
        Assert.True(_watch.Beat("s", "d"));
    }

    [Fact]
    public void LiftedSeal_MayBeSilent()
    {
        _watch.Apply(new Supervision("s", "d", true));
        _watch.Apply(new Supervision("s", null, false));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_watch.TakeMissed());
    }

    [Fact]
    public void WallClockSetByADay_MakesNobodySilent()
    {
        _watch.Apply(new Supervision("s", "d", true));
        _time.SetWallClock(TimeSpan.FromDays(1));
        Assert.Empty(_watch.TakeMissed());
    }
}
