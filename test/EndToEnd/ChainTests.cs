using System.Globalization;

namespace Cinnabar.EndToEnd;

/// <summary>The chain page at a court that stands alone, with the embedded engine.</summary>
public sealed class ChainTests(SealedCourt court)
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public Task NewBlocks_ComeInByThemselves_AndNobodyElseIsSaidToVouch(Screen screen) => court.VisitAsync(screen, "zh", signedIn: true, async desk =>
    {
        await desk.GoAsync("/console/chain");
        var newest = desk.Page.Locator(".block-height").First;
        await newest.WaitForAsync();
        await desk.Page.GetByText("本院尚未加入法院互证").WaitForAsync();
        var before = await HeightAsync();

        await court.AcknowledgeAllAsync();
        await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(async () => await HeightAsync() > before, "a new block stood at the front");

        async Task<int> HeightAsync() => int.Parse(
            string.Concat((await newest.TextContentAsync())!.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    });

    [Fact]
    public Task FactsOfAnIncident_BecomeAnchoredWhileOneLooks() => court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
    {
        await court.AcknowledgeAllAsync();
        var incident = await court.RaiseAlarmAsync(court.SecondDoor);
        await desk.GoAsync($"/console/incidents/{Uri.EscapeDataString(incident)}");
        await desk.Page.Locator(".timeline li", new() { HasText = "封条被剪断或撕开" }).Locator(".proof", new() { HasText = "已锚定" }).First.WaitForAsync();
    });

    [Fact]
    public Task ChainPage_FitsTheNarrowestPhone() => court.VisitAsync(Screen.Phone, "en", signedIn: true, async phone =>
    {
        await phone.Page.SetViewportSizeAsync(360, 740);
        await phone.GoAsync("/console/chain");
        await phone.Page.Locator(".block").First.WaitForAsync();
        Assert.True(await phone.OverflowAsync() <= 0);
        Assert.Empty(await Accessibility.ViolationsAsync(phone.Page));
    });
}
