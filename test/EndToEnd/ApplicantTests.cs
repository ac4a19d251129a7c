using Cinnabar.Demo;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>The party that asked for the seal: text of its own case, nobody's picture (design 2.12).</summary>
public sealed class ApplicantTests(SealedCourt court)
{
    private const string Password = "plaintiff-9-lantern-river";

    [Fact]
    public async Task Applicant_ReadsItsOwnAlarmAsTextAndIsRefusedEveryPicture()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(async () => (await court.IncidentAsync(incident))["stills"]!.AsArray().Count > 0, "the first picture arrived");
        var still = (await court.IncidentAsync(incident))["stills"]![0]!["hash"]!.ToString();
        await court.World.Client.PostAsync("/api/accounts", new
        {
            login = "applicant", displayName = "王某", password = Password, roles = new[] { "applicant" },
            cases = new[] { (await court.IncidentAsync(incident))["caseNumber"]!.ToString() }, language = "zh",
        }, TestContext.Current.CancellationToken);

        await court.VisitAsync(Screen.Phone, "zh", signedIn: false, async page =>
        {
            await page.SignInAsync("applicant", Password);
            await page.GoAsync($"/console/incidents/{incident}");
            await page.Page.GetByText("现场影像仅供法院人员查看").First.WaitForAsync();
            await page.Page.Locator(".timeline li").First.WaitForAsync();
            Assert.Equal(0, await page.Page.Locator("main img, main video, .ack").CountAsync());

            // Asked for beside the page, as somebody would who knows the addresses.
            Assert.Equal(403, await StatusAsync(page, HttpMethod.Get, $"/api/media/{still}?reason=duty"));
            Assert.Equal(403, await StatusAsync(page, HttpMethod.Get, $"/api/live/{Uri.EscapeDataString(court.FirstDoor.Number)}"));
            Assert.Equal(403, await StatusAsync(page, HttpMethod.Get, $"/api/incidents/{incident}/pack"));
            Assert.Equal(403, await StatusAsync(page, HttpMethod.Post, $"/api/incidents/{incident}/acknowledge"));
            Assert.Equal(404, await StatusAsync(page, HttpMethod.Get, $"/api/seals/{Uri.EscapeDataString(court.SecondDoor.Number)}"));
        });
    }

    [Fact]
    public async Task OfficersPictures_StayVisibleToTheOfficer()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(async () => (await court.IncidentAsync(incident))["stills"]!.AsArray().Count > 0, "the first picture arrived");
        var still = (await court.IncidentAsync(incident))["stills"]![0]!["hash"]!.ToString();
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async page =>
            Assert.Equal(200, await StatusAsync(page, HttpMethod.Get, $"/api/media/{still}?reason=duty")));
    }

    [Fact]
    public async Task ApplicantsMessage_HasNoLinkToPictures()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.LinkAsync(incident, DemoWorld.OfficerPhone);
        var number = DemoWorld.ApplicantPhone.TrimStart('+');
        await court.World.Kannel.Phones.WaitAsync(one => one.To.TrimStart('+') == number, TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(court.World.Kannel.Phones.Messages, one => one.To.TrimStart('+') == number && one.Text.Contains("/p/", StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(VisitedPage page, HttpMethod method, string path)
    {
        var answer = await page.Page.Context.APIRequest.FetchAsync(
            new Uri(page.Root, path).AbsoluteUri, new APIRequestContextOptions { Method = method.Method, Headers = [new("X-Cinnabar", "1")] });
        return answer.Status;
    }
}
