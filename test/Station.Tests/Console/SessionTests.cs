using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Cinnabar.Ledger;
using Cinnabar.Shared;
using Cinnabar.Station.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Console;

public sealed class SessionTests
{
    [Fact]
    public async Task SignIn_GivesASessionWithAStrictHttpOnlyCookie()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var me = await judge.GetAsync("/api/session", HttpStatusCode.OK);
        Assert.Equal(("judge", "京0108"), (me.Text("login"), me.Text("courtCode")));

        using var browser = station.Browser();
        using var answer = await browser.PostAsJsonAsync("/api/session", new { login = "JUDGE", password = RunningStation.Password }, TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var bye = await judge.DeleteAsync("/api/session", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, bye.StatusCode);
        await judge.GetAsync("/api/seals", HttpStatusCode.Unauthorized);
        await judge.GetAsync("/api/session", HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("judge")]
    [InlineData("nobody")]
    public async Task FiveWrongPasswords_LockKnownAndUnknownLoginsAlike(string login)
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var browser = station.Browser();
        for (var i = 0; i < 4; i++)
        {
            await browser.PostAsync("/api/session", new { login, password = "wrong wrong wrong" }, HttpStatusCode.Unauthorized);
        }

        await browser.PostAsync("/api/session", new { login, password = "wrong wrong wrong" }, HttpStatusCode.TooManyRequests);
        await browser.PostAsync("/api/session", new { login, password = RunningStation.Password }, HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task ChangeWithoutTheHeader_IsRefused()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        judge.DefaultRequestHeaders.Remove("X-Cinnabar");
        await judge.PostAsync("/api/seals", OrderSamples.Draft(), HttpStatusCode.BadRequest);
        Assert.Empty((await judge.GetAsync("/api/seals", HttpStatusCode.OK)).AsArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task SignInWithoutFields_IsRefused(string? login)
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();
        await browser.PostAsync("/api/session", new { login, password = (string?)null }, HttpStatusCode.Unauthorized);
        await browser.PostAsync("/api/session", new { login = "judge", password = new string('x', 100_000) }, HttpStatusCode.Unauthorized);
        await browser.PostAsync("/api/session", new { login = "judge", password = new string('x', 1_000_000) }, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheHeadersOfTheConsole()
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();
        using var answer = await browser.GetAsync("/api/seals", TestContext.Current.CancellationToken);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("clerk", "arm")]
    [InlineData("clerk", "lift")]
    [InlineData("officer", "disarm")]
    [InlineData("auditor", "arm")]
    [InlineData("applicant", "lift")]
    public async Task RoleWithoutTheRight_IsForbiddenAndRecorded(string role, string step)
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var other = await station.SignInAsync("other", [role]);
        var seal = await OrderSamples.IssueAsync(judge);
        await other.PostAsync($"{OrderSamples.Path(seal)}/{step}", new { reason = "x" }, HttpStatusCode.Forbidden);
        await AssertRefusalAsync(judge, "\"who\": \"other\"", $"POST /api/seals/{{sealNumber}}/{step}");
    }

    [Fact]
    public async Task T15_ApplicantSeesTextOfOwnCaseOnlyAndNoPicture()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var own = await station.SignInAsync("own", ["applicant"], [OrderSamples.CaseNumber]);
        using var foreign = await station.SignInAsync("foreign", ["applicant"], ["(2026)京0108执5号"]);
        var seal = await OrderSamples.IssueAsync(judge);

        var seen = await own.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
        Assert.All(seen["parties"]!.AsArray(), p => Assert.Null(p!["phone"]));
        Assert.Single((await own.GetAsync("/api/seals", HttpStatusCode.OK)).AsArray());
        await foreign.GetAsync(OrderSamples.Path(seal), HttpStatusCode.NotFound);
        Assert.Empty((await foreign.GetAsync("/api/seals", HttpStatusCode.OK)).AsArray());

        await own.GetAsync("/api/media/" + new string('a', 64), HttpStatusCode.Forbidden);
        await own.GetAsync("/api/log", HttpStatusCode.Forbidden);
        await own.GetAsync("/api/log/entries", HttpStatusCode.Forbidden);
        await AssertRefusalAsync(judge, "\"who\": \"own\"", "GET /api/media/{hash}");
    }

    [Theory]
    [InlineData("/api/seals")]
    [InlineData("/api/log")]
    [InlineData("/api/events")]
    [InlineData("/api/accounts")]
    [InlineData("/api/rules/periods?from=2026-01-01")]
    public async Task Stranger_IsRefusedEverywhere(string path)
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();
        await browser.GetAsync(path, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refusals_AreCappedAMinuteSoThatAScannerFillsNoLog()
    {
        await using var station = await RunningStation.StartAsync(("Console:RefusalsPerMinuteMax", "3"));
        using var auditor = await station.SignInAsync("auditor", ["auditor"]);
        using var browser = station.Browser();
        for (var i = 0; i < 20; i++)
        {
            await browser.GetAsync("/api/seals", HttpStatusCode.Unauthorized);
        }

        // Written after the answers have gone: three of them and the genesis.
        var log = station.Services.GetRequiredService<CourtLog>();
        Eventually.Holds(() => log.Head.Size >= 4, "the refusals are in the log");
        Assert.Equal(3, (await RunningStation.KindsAsync(auditor)).Count(k => k == "access.refused"));
    }

    [Fact]
    public async Task Accounts_AreForAdministratorsAndRefuseWeakPasswords()
    {
        await using var station = await RunningStation.StartAsync();
        using var admin = await station.SignInAsync("root", ["administrator"]);
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await judge.GetAsync("/api/accounts", HttpStatusCode.Forbidden);
        foreach (var password in new[] { "short", "passwordpassword", "aaaaaaaaaaaaaaa", "123456123456", "clerk.one.clerk" })
        {
            await admin.PostAsync("/api/accounts", Account("clerk", password, "clerk"), HttpStatusCode.BadRequest);
        }

        await admin.PostAsync("/api/accounts", Account("../x", RunningStation.Password, "clerk"), HttpStatusCode.BadRequest);
        await admin.PostAsync("/api/accounts", Account("clerk", RunningStation.Password, "king"), HttpStatusCode.BadRequest);
        await admin.PostAsync("/api/accounts", Account("both", RunningStation.Password, "applicant", "judge"), HttpStatusCode.BadRequest);
        await admin.PostAsync("/api/accounts", Account("clerk", RunningStation.Password, "clerk"), HttpStatusCode.Created);
        await admin.PostAsync("/api/accounts", Account("CLERK", RunningStation.Password, "clerk"), HttpStatusCode.BadRequest);
        using var self = await admin.DeleteAsync("/api/accounts/root", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, self.StatusCode);
        using var gone = await admin.DeleteAsync("/api/accounts/clerk", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    private static object Account(string login, string password, params string[] roles) => new { login, password, roles };

    private static async Task AssertRefusalAsync(HttpClient staff, params string[] expected)
    {
        // The statement is written after the answer has gone; the log is asked until it is there.
        var bodies = new List<string>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30) && !bodies.Any(b => expected.All(e => b.Contains(e, StringComparison.Ordinal)));)
        {
            bodies.Clear();
            foreach (var entry in (await staff.GetAsync("/api/log/entries?from=0&count=200", HttpStatusCode.OK)).AsArray().Where(e => e!.Text("kind") == "access.refused"))
            {
                bodies.Add((await staff.GetAsync($"/api/log/entries/{entry!["index"]}", HttpStatusCode.OK)).Text("body"));
            }
        }

        Assert.Contains(bodies, b => expected.All(e => b.Contains(e, StringComparison.Ordinal)));
    }
}
