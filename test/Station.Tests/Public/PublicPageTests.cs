using System.Net;
using Cinnabar.Station.Public;
using Cinnabar.Station.Tests.Console;
using Cinnabar.Station.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Public;

public sealed class PublicPageTests
{
    [Fact]
    public async Task PageOfASignedCode_SaysGenuineAndNoPersonalData()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        door.Dispose();
        using var browser = station.Browser();
        var url = new Uri(station.Services.GetRequiredService<SealQr>().UrlOf(seal));
        Assert.Equal("seals.haidian.example", url.Host);
        var page = await ReadAsync(browser, url.PathAndQuery + "&lang=zh");
        Assert.Contains("二维码签名有效", page, StringComparison.Ordinal);
        Assert.Contains("查封中", page, StringComparison.Ordinal);
        Assert.Contains(OrderSamples.CaseNumber, page, StringComparison.Ordinal);
        Assert.Contains("如何解除查封", page, StringComparison.Ordinal);
        foreach (var secret in new[] { "王申请", "李法官", "13900000002", "永安东里", "<script" })
        {
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        }

        Assert.Contains("signature is valid", await ReadAsync(browser, url.PathAndQuery + "&lang=en"), StringComparison.Ordinal);
        using var ruling = await browser.GetAsync($"/s/{Uri.EscapeDataString(seal)}/ruling", TestContext.Current.CancellationToken);
        Assert.Equal(OrderSamples.Pdf, await ruling.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CodeThatTheCourtDidNotSign_IsWarnedAgainst()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var seal = await OrderSamples.IssueAsync(judge);
        var other = (await judge.PostAsync("/api/seals", OrderSamples.Draft().With("caseNumber", "(2026)京0108执2号"), HttpStatusCode.Created)).Text("sealNumber");
        using var browser = station.Browser();
        var path = $"/s/{Uri.EscapeDataString(seal)}";
        var ofOther = new Uri(station.Services.GetRequiredService<SealQr>().UrlOf(other)).Query;
        foreach (var query in new[] { ofOther, "?k=AAAA", "?k=%00", "?k=" + new string('A', 86), "?k=" + new string('A', 5000) })
        {
            var page = await ReadAsync(browser, path + query + "&lang=zh");
            Assert.Contains("不是本院签发的", page, StringComparison.Ordinal);
            Assert.DoesNotContain("二维码签名有效</b>", page, StringComparison.Ordinal);
        }

        Assert.Contains("真伪未核验", await ReadAsync(browser, path + "?lang=zh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAndMalformedNumbers_AnswerAlike()
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();
        foreach (var number in new[] { "FT-京0108-2026-000123-X", "x", "%3Cscript%3E", "..%2Fkeys" })
        {
            await browser.GetAsync("/s/" + number, HttpStatusCode.NotFound);
            await browser.GetAsync("/s/" + number + "/ruling", HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task LiftedSeal_IsNotCalledSealed()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var seal = await OrderSamples.IssueAsync(judge);
        await judge.PostAsync(OrderSamples.Path(seal) + "/lift", new { reason = "履行完毕" }, HttpStatusCode.OK);
        using var browser = station.Browser();
        var page = await ReadAsync(browser, $"/s/{Uri.EscapeDataString(seal)}?lang=zh");
        Assert.Contains("查封已解除", page, StringComparison.Ordinal);
        Assert.DoesNotContain("法律后果", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheet_IsForStaffAndCarriesNoticeCodeAndRuling()
    {
        await using var station = await RunningStation.StartAsync();
        using var clerk = await station.SignInAsync("clerk", ["clerk"]);
        var seal = await OrderSamples.IssueAsync(clerk);
        await clerk.UploadAsync(OrderSamples.Path(seal) + "/ruling", OrderSamples.Pdf, HttpStatusCode.OK);
        var sheet = await ReadAsync(clerk, OrderSamples.Path(seal) + "/sheet?lang=zh");
        Assert.Contains(seal, sheet, StringComparison.Ordinal);
        Assert.Contains("第一百一十四条", sheet, StringComparison.Ordinal);
        Assert.Contains("data:image/svg+xml;base64,", sheet, StringComparison.Ordinal);
        Assert.Contains("视频监控", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("王申请", sheet, StringComparison.Ordinal);
        using var stranger = station.Browser();
        await stranger.GetAsync(OrderSamples.Path(seal) + "/sheet", HttpStatusCode.Unauthorized);
    }

    private static async Task<string> ReadAsync(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(path, TestContext.Current.CancellationToken));
}
