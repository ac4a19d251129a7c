using Cinnabar.Shared;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>What must hold on every page there is, in both widths and both languages.</summary>
public sealed class EveryPageTests(SealedCourt court)
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task EveryPage_HasNoSeriousBarrierAndNoErrorInTheLog(Screen screen)
    {
        foreach (var shown in await ConsolePages.AllAsync(court))
        {
            await court.VisitAsync(screen, "zh", shown.SignedIn, async page =>
            {
                await ConsolePages.ShowAsync(page, shown);
                var barriers = await Accessibility.ViolationsAsync(page.Page);
                Assert.True(barriers.Length == 0, $"{shown.Name}: {string.Join('\n', barriers)}");
            });
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task EveryPage_FitsAPhoneWithoutScrollingSideways(string language)
    {
        foreach (var shown in await ConsolePages.AllAsync(court))
        {
            await court.VisitAsync(Screen.Phone, language, shown.SignedIn, async page =>
            {
                await ConsolePages.ShowAsync(page, shown);
                Assert.True(await page.OverflowAsync() <= 0, $"{shown.Name} is {await page.OverflowAsync()} px too wide");
            });
        }
    }

    [Theory]
    [InlineData(Screen.Desktop, "zh")]
    [InlineData(Screen.Desktop, "en")]
    [InlineData(Screen.Phone, "zh")]
    [InlineData(Screen.Phone, "en")]
    public async Task Screenshots_OfEveryPage_AreWritten(Screen screen, string language)
    {
        var folder = Directory.CreateDirectory(Repository.Path("artifacts", "screenshots")).FullName;
        foreach (var shown in await ConsolePages.AllAsync(court))
        {
            await court.VisitAsync(screen, language, shown.SignedIn, async page =>
            {
                await ConsolePages.ShowAsync(page, shown);
                await page.Page.WaitForFunctionAsync("() => [...document.images].every((image) => image.complete) && document.fonts.status === 'loaded'");
                var file = Path.Combine(folder, $"{shown.Name}-{(screen == Screen.Phone ? "phone" : "desktop")}-{language}.png");
                await page.Page.ScreenshotAsync(new() { Path = file, FullPage = shown.Key is null, Animations = ScreenshotAnimations.Disabled });
                Assert.True(new FileInfo(file).Length > 0);
            });
        }
    }
}
