namespace Cinnabar.EndToEnd;

public sealed class LogTests(SealedCourt court)
{
    [Fact]
    public Task EntryPage_FoldsTheProofInTheBrowserToTheCheckpointsRoot() => court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
    {
        await desk.GoAsync("/console/log");
        await desk.Page.Locator(".entries tbody tr").First.WaitForAsync();
        await desk.GoAsync("/console/log/2");
        await desk.Page.Locator(".merkle").WaitForAsync();
        await desk.Page.GetByText("本浏览器已核对").Or(desk.Page.GetByText("本浏览器算出")).First.WaitForAsync();
        Assert.Equal(0, await desk.Page.GetByText("核对失败").CountAsync());
    });

    [Fact]
    public Task Receipt_CanBeTakenAway() => court.VisitAsync(Screen.Desktop, "en", signedIn: true, async desk =>
    {
        await desk.GoAsync("/console/log/1");
        var link = desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Download receipt" });
        await link.WaitForAsync();
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.True(new FileInfo(await download.PathAsync()).Length > 100);
    });
}
