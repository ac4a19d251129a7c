using Cinnabar.Demo;
using Microsoft.Playwright;

namespace Cinnabar.Bench;

/// <summary>A court with a sealed door that is filmed, and an officer signed in at the console in Chromium.</summary>
internal sealed class OfficersDesk : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OfficersDesk(DemoWorld world, IPlaywright playwright, IBrowser browser, IPage page)
    {
        World = world;
        _playwright = playwright;
        _browser = browser;
        Page = page;
    }

    public DemoWorld World { get; }

    public IPage Page { get; }

    public DemoSeal Door => World.Seals[0];

    public static async Task<OfficersDesk> OpenAsync(CancellationToken cancellationToken)
    {
        var world = await DemoWorld.StartAsync(new DemoOptions(), new Timeline(), cancellationToken);
        try
        {
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = [.. (Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>()), "--disable-gpu", "--disable-background-networking"],
            });
            var desk = new OfficersDesk(world, playwright, browser, await browser.NewPageAsync(new() { Locale = "en-US" }));
            await desk.SignInAsync();
            return desk;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(World.Console, path).ToString());

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await World.DisposeAsync();
    }

    private async Task SignInAsync()
    {
        await GoAsync("/console/");
        await Page.Locator("input[autocomplete=username]").FillAsync(DemoWorld.Login);
        await Page.Locator("input[autocomplete=current-password]").FillAsync(World.Password);
        await Page.Locator("button[type=submit]").ClickAsync();
        await Page.Locator("input[autocomplete=current-password]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
