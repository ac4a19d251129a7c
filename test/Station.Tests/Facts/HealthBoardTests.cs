using Cinnabar.Shared;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Tests.Facts;

public sealed class HealthBoardTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly HealthBoard _board;

    public HealthBoardTests() => _board = new HealthBoard(_time);

    [Fact]
    public void EmptyBoard_IsGood() => Assert.Equal(HealthLevel.Good, _board.Worst);

    [Fact]
    public void WorstPart_Decides()
    {
        _board.Report("log", HealthLevel.Good);
        _board.Report("media", HealthLevel.Degraded, "slow disk");
        _board.Watch("follower:media", () => (HealthLevel.Failed, "stands"));

        Assert.Equal(HealthLevel.Failed, _board.Worst);
        Assert.Equal(["follower:media", "log", "media"], _board.Parts.Select(p => p.Part));
    }

    [Fact]
    public void Since_IsWhenTheLevelChanged_NotWhenItWasReportedLast()
    {
        _board.Report("log", HealthLevel.Failed, "full");
        var since = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));

        _board.Report("log", HealthLevel.Failed, "still full");

        Assert.Equal([new PartHealth("log", HealthLevel.Failed, "still full", since)], _board.Parts);
    }
}
