using Cinnabar.Station.Tests.Console;

namespace Cinnabar.Station.Tests.Packs;

public sealed class VerifierPageTests
{
    [Fact]
    public async Task FileBehindThePage_LeadsToThePageAndItsOwnPolicy()
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();

        using var answer = await browser.GetAsync("/verify/index.html", TestContext.Current.CancellationToken);

        // Whether the page was built or not: the file is never given out under the console's policy, in which it cannot run.
        Assert.Equal("/verify/", answer.Headers.Location?.OriginalString ?? answer.RequestMessage!.RequestUri!.AbsolutePath);
    }
}
