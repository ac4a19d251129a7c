using Cinnabar.Shared;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>The page that checks packs, as an opposing party has it: saved on a disk, with no network.</summary>
public sealed class VerifierPageTests(SealedCourt court)
{
    private static readonly string s_page = new Uri(Repository.Path("src", "Station", "wwwroot", "verify", "index.html")).AbsoluteUri;

    [Theory]
    [InlineData(Screen.Desktop, "zh")]
    [InlineData(Screen.Desktop, "en")]
    [InlineData(Screen.Phone, "zh")]
    [InlineData(Screen.Phone, "en")]
    public async Task ExportedPack_IsFoundValidWithoutANetwork(Screen screen, string language)
    {
        var pack = await ExportAsync();
        await VisitAsync(screen, language, async page =>
        {
            await page.Locator("#roster").SetInputFilesAsync(Path.Combine(court.World.Station.Data, "genesis.cose"));
            await page.Locator(".pinned").WaitForAsync();
            await page.Locator("#pack").SetInputFilesAsync(pack);
            await VerdictAsync(page, "0", language == "zh" ? "有效：证据包真实、完整" : "Valid: the pack is genuine and whole");
            Assert.Equal(19, await page.Locator("tr.passed:nth-child(-n+19)").CountAsync());
            await page.WaitForFunctionAsync("() => document.images.length > 0 && [...document.images].every((image) => image.naturalWidth > 0)");

            Assert.Empty(await Accessibility.ViolationsAsync(page));
            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth") <= 0);
            await ShootAsync(page, "verify-valid", screen, language);
        });
    }

    [Fact]
    public async Task PackAlone_ShowsTheFingerprintToCompare()
    {
        var pack = await ExportAsync();
        await VisitAsync(Screen.Phone, "en", async page =>
        {
            await page.Locator("#pack").SetInputFilesAsync(pack);
            await VerdictAsync(page, "0", "which court it is from is not confirmed");
            await page.Locator(".fingerprint").WaitForAsync();
            await page.Locator(".language").ClickAsync();
            await VerdictAsync(page, "0", "法院身份未经核实");
            Assert.Empty(await Accessibility.ViolationsAsync(page));
        });
    }

    [Theory]
    [InlineData(Screen.Desktop, "zh")]
    [InlineData(Screen.Phone, "en")]
    public async Task SpoiledPack_IsRefusedWithItsVerdictAndStep(Screen screen, string language) => await VisitAsync(screen, language, async page =>
    {
        await page.Locator("#pack").SetInputFilesAsync(Repository.Path("vectors", "packs", "original-altered.zip"));
        await VerdictAsync(page, "52", language == "zh" ? "有原件被改动" : "an original was altered");
        Assert.Equal(0, await page.Locator("img, video").CountAsync());
        Assert.Empty(await Accessibility.ViolationsAsync(page));
        await ShootAsync(page, "verify-refused", screen, language);
    });

    [Theory]
    [InlineData(Screen.Desktop, "en")]
    [InlineData(Screen.Phone, "zh")]
    public async Task PackThatCourtsVouchFor_ShowsEachCourtAndTheAnchor(Screen screen, string language)
    {
        var vector = Vector.Read("packs", "valid-anchored");
        var roster = Path.Combine(court.World.Folder, $"five-courts-{screen}.cbor");
        await File.WriteAllBytesAsync(roster, Convert.FromHexString(vector.Roster!), TestContext.Current.CancellationToken);
        await VisitAsync(screen, language, async page =>
        {
            await page.Locator("#roster").SetInputFilesAsync(roster);
            await page.Locator(".pinned").WaitForAsync();
            await page.Locator("#pack").SetInputFilesAsync(Repository.Path("vectors", "packs", vector.File!));
            await VerdictAsync(page, "0", language == "zh" ? "有效：证据包真实、完整" : "Valid: the pack is genuine and whole");
            Assert.Equal((4, 1), (await page.Locator(".courts tr.vouches").CountAsync(), await page.Locator(".courts tr.silent").CountAsync()));
            Assert.Equal(23, await page.Locator("tr.passed").CountAsync());
            await page.GetByText(language == "zh" ? "锚定：前 3 条记录" : "Anchored: the first 3 entries").WaitForAsync();

            Assert.Empty(await Accessibility.ViolationsAsync(page));
            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth") <= 0);
            await ShootAsync(page, "verify-courts", screen, language);
        });
    }

    private static async Task VerdictAsync(IPage page, string verdict, string sentence)
    {
        var answer = page.Locator(".verdict");
        await answer.GetByText(sentence).WaitForAsync();
        Assert.Equal(verdict, await answer.GetAttributeAsync("data-verdict"));
    }

    private static Task<byte[]> ShootAsync(IPage page, string name, Screen screen, string language)
    {
        var folder = Directory.CreateDirectory(Repository.Path("artifacts", "screenshots")).FullName;
        var file = Path.Combine(folder, $"{name}-{(screen == Screen.Phone ? "phone" : "desktop")}-{language}.png");
        return page.ScreenshotAsync(new() { Path = file, FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }

    private async Task<string> ExportAsync()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(
            async () => (await court.IncidentAsync(incident))["stills"]!.AsArray().Count > 0, "the first picture arrived");
        var pack = Path.Combine(court.World.Folder, "for-the-page.zip");
        await File.WriteAllBytesAsync(
            pack, await court.World.Client.DownloadAsync($"/api/incidents/{incident}/pack", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        return pack;
    }

    private async Task VisitAsync(Screen screen, string language, Func<IPage, Task> visit)
    {
        var errors = new List<string>();
        await using var context = await court.Browser.NewContextAsync(new()
        {
            ViewportSize = screen == Screen.Phone ? new() { Width = 360, Height = 780 } : new() { Width = 1366, Height = 768 },
            Locale = language == "zh" ? "zh-CN" : "en-US",
            Offline = true,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Keep(message.Type == "error", message.Text);
        page.PageError += (_, error) => Keep(true, error);
        await page.GotoAsync(s_page);
        await visit(page);
        Assert.True(errors.Count == 0, string.Join('\n', errors));

        void Keep(bool isError, string text)
        {
            if (isError)
            {
                errors.Add(text);
            }
        }
    }
}
