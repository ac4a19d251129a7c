using Cinnabar.Shared;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.Outbox;

public sealed class UplinkClientDelayTests
{
    private readonly ManualTime _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Bound_DoublesFromOneSecondToAMinute()
    {
        var delay = new UplinkClientDelay(new UplinkLimits(), static () => 0.5, _clock);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 8).Select(_ => delay.Next().TotalSeconds));
    }

    [Fact]
    public void Jitter_CoversTheWholeBoundFromZero() =>
        Assert.Equal(TimeSpan.Zero, new UplinkClientDelay(new UplinkLimits(), static () => 0, _clock).Next());

    [Fact]
    public void ShortConnection_DoesNotResetTheBound()
    {
        var delay = new UplinkClientDelay(new UplinkLimits(), static () => 0.5, _clock);
        delay.Next();
        delay.Connected();
        _clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(1, delay.Next().TotalSeconds);
    }

    [Fact]
    public void TwoMinutesOfHealth_ResetTheBound()
    {
        var delay = new UplinkClientDelay(new UplinkLimits(), static () => 0.5, _clock);
        delay.Next();
        delay.Connected();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0.5, delay.Next().TotalSeconds);
    }

    [Fact]
    public void Later_OverridesOnceAndIsSpread()
    {
        var delay = new UplinkClientDelay(new UplinkLimits(), static () => 0.5, _clock);
        delay.Later(TimeSpan.FromSeconds(20));
        Assert.Equal(20.5, delay.Next().TotalSeconds);
        Assert.Equal(0.5, delay.Next().TotalSeconds);
    }

    [Fact]
    public void LaterBeyondAnHour_IsCutToAnHour()
    {
        var delay = new UplinkClientDelay(new UplinkLimits(), static () => 0, _clock);
        delay.Later(TimeSpan.FromDays(400));
        Assert.Equal(TimeSpan.FromHours(1), delay.Next());
    }

    [Theory]
    [InlineData("ABCD-EF23-JKMN.00112233445566778899aabbccddeeff", true)]
    [InlineData("ABCD-EF23-JKMN", false)]
    [InlineData("ABCD-EF23-JKMN.00112233445566778899aabbccddeef", false)]
    [InlineData("ABCD-EF23-JKMN.00112233445566778899aabbccddeexx", false)]
    [InlineData("ABCDEEF23-JKMN.00112233445566778899aabbccddeeff", false)]
    [InlineData("", false)]
    public void Code_NeedsTheFingerprint(string text, bool readable) => Assert.Equal(readable, UplinkClientCode.TryParse(text) is not null);
}
