using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class NightTests
{
    private static readonly CustodySettings s_settings = new() { NightFrom = 22 * 60, NightUntil = 6 * 60, NightSiren = 30 };

    [Theory]
    [InlineData("21:59", false)]
    [InlineData("22:00", true)]
    [InlineData("00:00", true)]
    [InlineData("05:59", true)]
    [InlineData("06:00", false)]
    public void NightOverMidnight_BeginsAndEndsAtItsMinute(string local, bool night) =>
        Assert.Equal(night, s_settings.IsNight(At(local)));

    [Theory]
    [InlineData("00:59", false)]
    [InlineData("01:00", true)]
    [InlineData("04:59", true)]
    [InlineData("05:00", false)]
    public void NightWithinOneDay_BeginsAndEndsAtItsMinute(string local, bool night) =>
        Assert.Equal(night, (s_settings with { NightFrom = 60, NightUntil = 300 }).IsNight(At(local)));

    [Theory]
    [InlineData("00:00")]
    [InlineData("12:00")]
    public void EqualEnds_AreNoNight(string local) =>
        Assert.False((s_settings with { NightFrom = 720, NightUntil = 720 }).IsNight(At(local)));

    [Fact]
    public void Offset_MovesNightAndDate()
    {
        var utc = new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

        Assert.True(s_settings.IsNight(utc));
        Assert.False((s_settings with { UtcOffset = 0 }).IsNight(utc));
        Assert.Equal(new DateOnly(2026, 3, 3), s_settings.DayAt(utc.AddHours(1)));
    }

    [Fact]
    public void StripCutAtNight_SoundsAndSpeaksAtTheNightsLoudness()
    {
        var door = Door.Armed(s_settings).At(At("23:00"));
        door.Forget();
        door.Contact(SealInput.Strip, active: true);

        Assert.Contains(new CustodyAction.StartSiren(30), door.Actions);
        Assert.Contains(new CustodyAction.Speak(3, 30), door.Actions);
    }

    [Fact]
    public void BlowAtNight_SpeaksAtTheNightsLoudness()
    {
        var door = Door.Armed(s_settings).At(At("23:00")).Push(strength: 20, milliseconds: 30);

        Assert.Contains(new CustodyAction.Speak(2, 30), door.Actions);
    }

    [Fact]
    public void NightFallingOnASoundingSiren_LowersItOnce_AndTheVoiceWithIt()
    {
        var door = Door.Armed(s_settings).At(At("21:59")).Contact(SealInput.Strip, active: true);
        door.Forget();
        door.Tick(TimeSpan.FromSeconds(60)).Tick(TimeSpan.FromSeconds(1));

        Assert.Equal([new CustodyAction.StartSiren(30), new CustodyAction.Speak(3, 30)], door.Actions);
    }

    private static DateTimeOffset At(string local) =>
        new(Door.Start.Date + TimeSpan.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Door.Start.Offset);
}
