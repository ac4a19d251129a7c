using System.Net;
using Cinnabar.Station.Tests.Console;

namespace Cinnabar.Station.Tests.Phone;

public sealed class PhonePageTests
{
    [Theory]
    [InlineData("unknown")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%2e%2e%2f")]
    public async Task UnknownToken_IsNotFoundWithoutHints(string token)
    {
        await using var station = await RunningStation.StartAsync();
        using var stranger = station.Browser();
        await stranger.GetAsync($"/api/phone/{token}", HttpStatusCode.NotFound);
        await stranger.GetAsync($"/api/phone/{token}/pictures/{new string('a', 64)}", HttpStatusCode.NotFound);
        await stranger.PostAsync($"/api/phone/{token}/acknowledge", new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task HugeToken_IsNotFound()
    {
        await using var station = await RunningStation.StartAsync();
        using var stranger = station.Browser();
        await stranger.GetAsync("/api/phone/" + new string('A', 4000), HttpStatusCode.NotFound);
    }
}
