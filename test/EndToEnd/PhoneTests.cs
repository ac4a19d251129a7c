using Cinnabar.Demo;

namespace Cinnabar.EndToEnd;

public sealed class PhoneTests(SealedCourt court)
{
    private static readonly TimeSpan s_tap = TimeSpan.FromMilliseconds(120);

    [Fact]
    public async Task HeldButton_AcknowledgesAndTheConsoleShowsItAtOnce()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        var link = await court.LinkAsync(incident, DemoWorld.OfficerPhone);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".incident-head").GetByText("待确认").WaitForAsync();
            await court.VisitAsync(Screen.Phone, "zh", signedIn: false, async phone =>
            {
                await phone.GoAsync(link);
                var button = phone.Page.Locator(".hold");
                await button.WaitForAsync();
                await button.ClickAsync(new() { Delay = (float)s_tap.TotalMilliseconds });
                Assert.Equal("unacknowledged", (await court.IncidentAsync(incident))["handling"]!.ToString());

                var box = await button.BoundingBoxAsync();
                Assert.True(box!.Height >= 48);
                await phone.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
                await phone.Page.Mouse.DownAsync();
                await phone.Page.Locator(".handled").WaitForAsync();
                await phone.Page.Mouse.UpAsync();
            });
            await desk.Page.Locator(".incident-head").GetByText("已确认").First.WaitForAsync();
        });
        Assert.Equal("acknowledged", (await court.IncidentAsync(incident))["handling"]!.ToString());
    }

    [Fact]
    public async Task HeldKey_AcknowledgesToo()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        var link = await court.LinkAsync(incident, DemoWorld.OfficerPhone);
        await court.VisitAsync(Screen.Phone, "en", signedIn: false, async phone =>
        {
            await phone.GoAsync(link);
            await phone.Page.Locator(".hold").FocusAsync();
            await phone.Page.Keyboard.DownAsync(" ");
            await phone.Page.Locator(".handled").WaitForAsync();
            await phone.Page.Keyboard.UpAsync(" ");
        });
    }

    [Fact]
    public async Task OfficersPage_ShowsPicturesAndEnlargesThem()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        var link = await court.LinkAsync(incident, DemoWorld.OfficerPhone);
        await court.VisitAsync(Screen.Phone, "zh", signedIn: false, async phone =>
        {
            await phone.GoAsync(link);
            var picture = phone.Page.Locator(".picture-list img").First;
            await picture.WaitForAsync();
            await SealedCourt.UntilAsync(async () => await picture.EvaluateAsync<bool>("(img) => img.complete && img.naturalWidth > 0"), "the picture loaded");
            await picture.ClickAsync();
            await phone.Page.Locator("dialog[open] img").WaitForAsync();
        });
    }

    [Fact]
    public async Task UnknownLink_SaysSoAndShowsNothing()
    {
        await using var phone = await VisitedPage.OpenAsync(court.Browser, court.World.Console, Screen.Phone, "zh", null);
        await phone.GoAsync("/p/AAAAAAAAAAAAAAAAAAAAAA");
        await phone.Page.GetByText("链接已失效").WaitForAsync();
        // The browser itself logs the refusal, and nothing else.
        Assert.Contains("404", Assert.Single(phone.Errors), StringComparison.Ordinal);
    }
}
