using Cinnabar.Demo;

namespace Cinnabar.EndToEnd;

public sealed class SignInTests(SealedCourt court)
{
    [Fact]
    public Task RightPassword_OpensTheWallOfSeals() => court.VisitAsync(Screen.Desktop, "zh", signedIn: false, async desk =>
    {
        await desk.SignInAsync(DemoWorld.Login, court.World.Password);
        await desk.Page.Locator($"text={court.FirstDoor.Number}").First.WaitForAsync();
        await desk.Page.Locator($"text={court.SecondDoor.Number}").First.WaitForAsync();
    });

    [Fact]
    public async Task WrongPassword_IsRefusedInPlainWords()
    {
        await using var desk = await VisitedPage.OpenAsync(court.Browser, court.World.Console, Screen.Desktop, "zh", null);
        await desk.GoAsync("/console/");
        await desk.Page.Locator("input[autocomplete=username]").FillAsync(DemoWorld.Login);
        await desk.Page.Locator("input[autocomplete=current-password]").FillAsync("not it");
        await desk.Page.Locator("button[type=submit]").ClickAsync();
        await desk.Page.GetByText("用户名或密码不正确").WaitForAsync();
        Assert.Equal(0, await desk.Page.Locator(".header").CountAsync());
        // The browser itself logs the refusal, and nothing else.
        Assert.Contains("401", Assert.Single(desk.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public Task SigningOut_ClosesTheConsole() => court.VisitAsync(Screen.Desktop, "en", signedIn: false, async desk =>
    {
        await desk.SignInAsync(DemoWorld.Login, court.World.Password);
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await desk.Page.Locator(".sign-in-card").WaitForAsync();
        await desk.Page.ReloadAsync();
        await desk.Page.Locator(".sign-in-card").WaitForAsync();
    });

    [Fact]
    public Task LanguageSwitch_TurnsEveryWordAndStays() => court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
    {
        await desk.GoAsync("/console/");
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "封条", Exact = true }).WaitForAsync();
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Seals", Exact = true }).WaitForAsync();
        Assert.Equal("en", await desk.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal("en", await desk.Page.EvaluateAsync<string>("() => localStorage.getItem('cinnabar.language')"));
    });
}
