using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

public sealed class AlarmTests(SealedCourt court)
{
    [Fact]
    public Task CutStrip_TurnsTheBarRedOnAnOpenPageWithoutReload() => court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
    {
        await court.AcknowledgeAllAsync();
        await desk.GoAsync("/console/log");
        await desk.Page.GetByText("没有待确认的报警").WaitForAsync();
        await desk.Page.EvaluateAsync("() => { document.body.dataset.sameDocument = 'yes'; }");
        await court.RaiseAlarmAsync(court.SecondDoor);
        await desk.Page.Locator(".alarm-bar-red").GetByText("待确认").First.WaitForAsync();
        Assert.Equal("yes", await desk.Page.EvaluateAsync<string>("() => document.body.dataset.sameDocument"));
        Assert.Matches("报警", await desk.Page.TitleAsync());
    });

    [Fact]
    public async Task IncidentPage_ShowsTheLivePictureWithTheFigureOfThisMoment()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            var video = desk.Page.Locator(".scene video");
            await video.WaitForAsync();
            var first = await LivePicture.WaitAsync(video, one => one.AgeMs < 20_000, "the time in the picture was a recent one");
            await LivePicture.WaitAsync(video, one => one.TimecodeMs != first.TimecodeMs && one.AgeMs < 20_000, "the picture moved on");
            await LivePicture.WaitAsync(video, one => one.Brightness < 60, "somebody stood before the door");
            court.FirstDoor.Folder.Scene!.Scene.FigurePresent = false;
            await LivePicture.WaitAsync(video, one => one.Brightness > 65, "nobody stood there any more");
            court.FirstDoor.Folder.Scene!.Scene.FigurePresent = true;
            await desk.Page.Locator(".live-foot").GetByText("实时画面").WaitForAsync();
        });
    }

    [Fact]
    public async Task IncidentPage_PlaysTheRecordedEventWithTheSecondsBeforeTheCut()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(async () => (await court.IncidentAsync(incident))["recording"] is not null, "the event was recorded");
        var opened = (await court.IncidentAsync(incident))["openedAt"]!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds();
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".scene-switch").GetByText("录像", new() { Exact = true }).ClickAsync();
            var video = desk.Page.Locator(".scene video[controls]");
            await video.WaitForAsync();
            var first = await LivePicture.WaitAsync(video, one => one.Width > 0, "a recorded picture was shown");
            Assert.True(first.IsBefore(opened), "the recording begins with what its ring held before the cut");
            await LivePicture.WaitAsync(video, one => one.TimecodeMs != first.TimecodeMs, "the recording moved on");
            await desk.Page.Locator(".live-foot").GetByText("签名有效").WaitForAsync();
        });
    }

    [Fact]
    public async Task IncidentPage_ShowsStillsWithTheirSignatureInWords()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            var still = desk.Page.Locator(".strip button").First;
            await still.GetByText("签名有效").WaitForAsync();
            await still.ClickAsync();
            var picture = desk.Page.Locator(".scene .live > img");
            await picture.WaitForAsync();
            await SealedCourt.UntilAsync(async () => await picture.EvaluateAsync<bool>("(img) => img.complete && img.naturalWidth >= 640"), "the still was shown in full");
        });
    }

    [Fact]
    public async Task IncidentPage_ShowsTheFactsAndEveryWarningWithItsResult()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".timeline").GetByText(new Regex("剪断|切断|断开")).First.WaitForAsync();
            await desk.Page.Locator(".warnings li").First.WaitForAsync();
            // What was received goes on to the anchor chain by and by, and the page says so of itself.
            await desk.Page.Locator(".timeline .proof", new() { HasText = "已锚定" }).First.WaitForAsync();
        });
    }

    [Fact]
    public async Task PicturesCommand_IsAnsweredByTheSeal()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".actions .ack").WaitForAsync();
            await desk.Page.Keyboard.PressAsync("p");
            await desk.Page.GetByText("指令已发出").First.WaitForAsync();
            await desk.GoAsync($"/console/seals/{Uri.EscapeDataString(court.FirstDoor.Number)}");
            await desk.Page.Locator(".warnings li", new() { HasText = "拍照" }).GetByText("封条已执行").First.WaitForAsync();
        });
    }

    [Fact]
    public async Task KeyA_AcknowledgesAndTheIncidentStaysOpen()
    {
        var incident = await court.RaiseAlarmAsync(court.SecondDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".actions .ack-red").WaitForAsync();
            await desk.Page.Keyboard.PressAsync("a");
            await desk.Page.Locator(".incident-head").GetByText("已确认").First.WaitForAsync();
        });
        var after = await court.IncidentAsync(incident);
        Assert.Equal("acknowledged", after["handling"]!.ToString());
    }

    [Fact]
    public async Task FalseAlarm_WithoutReason_IsNotSent()
    {
        var incident = await court.RaiseAlarmAsync(court.SecondDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            await desk.Page.Locator(".actions .ack").WaitForAsync();
            await desk.Page.Keyboard.PressAsync("r");
            var dialog = desk.Page.Locator("[role=dialog]");
            await dialog.GetByText("误报", new() { Exact = true }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "结束报警" }).ClickAsync();
            await dialog.GetByText("误报必须写明理由").WaitForAsync();
        });
        Assert.NotEqual("closed", (await court.IncidentAsync(incident))["handling"]!.ToString());
    }

    [Fact]
    public async Task ArmedSound_RingsUntilTheAlarmIsAcknowledged()
    {
        await court.RaiseAlarmAsync(court.SecondDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync("/console/");
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "声音未开启" }).ClickAsync();
            await desk.Page.GetByText("正在响铃").WaitForAsync();
            await court.AcknowledgeAllAsync();
            await desk.Page.GetByText("声音已开启").WaitForAsync();
            await desk.Page.GetByText("没有待确认的报警").WaitForAsync();
        });
    }

    [Fact]
    public async Task EvidencePack_LeavesTheSystemAsAZip()
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await court.VisitAsync(Screen.Desktop, "zh", signedIn: true, async desk =>
        {
            await desk.GoAsync($"/console/incidents/{incident}");
            var link = desk.Page.GetByRole(AriaRole.Link, new() { Name = "下载证据包" });
            await link.WaitForAsync();
            var download = await desk.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            await using var pack = File.OpenRead(await download.PathAsync());
            Assert.Equal(('P', 'K'), ((char)pack.ReadByte(), (char)pack.ReadByte()));
        });
    }
}
