using Cinnabar.Station.Alarms;

namespace Cinnabar.Station.Tests.Alarms;

public sealed class IncidentViewsTests
{
    [Theory]
    [InlineData("+8613800001234", "+86138****1234")]
    [InlineData("judge.li@court.example", "j***@court.example")]
    [InlineData("110", "****")]
    public void Addresses_AreMasked(string address, string shown)
    {
        Assert.Equal(shown, IncidentViews.Masked(address));
    }
}
