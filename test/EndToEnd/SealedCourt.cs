using System.Text.Json.Nodes;
using Cinnabar.Demo;
using Cinnabar.Shared;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cinnabar.EndToEnd.SealedCourt))]

// One court is shared by the browser tests, which therefore follow one another; the demo brings a court of its own.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Cinnabar.EndToEnd;

/// <summary>One court with two sealed doors and one Chromium, for all browser tests: real programs, started once.</summary>
public sealed class SealedCourt : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(40);

    private Chromium? _chromium;
    private string? _cookies;

    public DemoWorld World { get; private set; } = null!;

    public IBrowser Browser => _chromium!.Browser;

    public DemoSeal FirstDoor => World.Seals[0];

    public DemoSeal SecondDoor => World.Seals[1];

    public async ValueTask InitializeAsync()
    {
        World = await DemoWorld.StartAsync(new DemoOptions(), new Timeline(), TestContext.Current.CancellationToken);
        _chromium = await Chromium.LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }

    /// <summary>Gives a fresh browser profile to a visit, and fails it for any error in the browser's log.</summary>
    public async Task VisitAsync(Screen screen, string language, bool signedIn, Func<VisitedPage, Task> visit)
    {
        await using var page = await VisitedPage.OpenAsync(Browser, World.Console, screen, language, signedIn ? await CookiesAsync() : null);
        await visit(page);
        Assert.True(page.Errors.Count == 0, string.Join('\n', page.Errors));
    }

    /// <summary>Cuts a strip, unless its alarm still waits, with somebody before the door.</summary>
    /// <returns>The incident's id.</returns>
    public async Task<string> RaiseAlarmAsync(DemoSeal door)
    {
        if (await WaitingIncidentAsync(door) is { } open)
        {
            return open;
        }

        door.Folder.Scene!.Scene.FigurePresent = true;
        door.Folder.Inputs.Send(SealFolder.Strip, 0);
        door.Folder.Inputs.Send(SealFolder.Strip, 1);
        string? raised = null;
        await UntilAsync(async () => (raised = await WaitingIncidentAsync(door)) is not null, "the cut strip was an incident");
        return raised!;
    }

    /// <summary>Leaves nothing waiting at either door.</summary>
    public async Task AcknowledgeAllAsync()
    {
        var open = await World.Client.GetAsync("/api/incidents?open=true", TestContext.Current.CancellationToken);
        foreach (var waiting in open.AsArray().Where(one => one!["handling"]!.ToString() == "unacknowledged"))
        {
            await World.Client.PostAsync($"/api/incidents/{waiting!["id"]}/acknowledge", new { }, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The page that a phone's newest message about this incident links to, as its path.</summary>
    public async Task<string> LinkAsync(string incident, string phone)
    {
        var about = await IncidentAsync(incident);
        var (number, opened) = (about["sealNumber"]!.ToString(), about["openedAt"]!.GetValue<DateTimeOffset>());
        bool IsAboutIt(PhoneMessage one) => one.To.TrimStart('+') == phone.TrimStart('+') && one.At > opened
            && one.Text.Contains(number, StringComparison.Ordinal) && one.Text.Contains("/p/", StringComparison.Ordinal);
        await World.Kannel.Phones.WaitAsync(IsAboutIt, s_limit, TestContext.Current.CancellationToken);
        var text = World.Kannel.Phones.Messages.Last(IsAboutIt).Text;
        var token = text[(text.IndexOf("/p/", StringComparison.Ordinal) + 3)..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return $"/p/{string.Concat(token)}";
    }

    public async Task<JsonNode> IncidentAsync(string id) =>
        await World.Client.GetAsync($"/api/incidents/{id}", TestContext.Current.CancellationToken);

    /// <summary>Waits at the boundary of real processes, with a deadline that no figure is made of.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var limit = DateTime.UtcNow + s_limit;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < limit, "Waited in vain until " + what);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    private async Task<string?> WaitingIncidentAsync(DemoSeal door)
    {
        var open = await World.Client.GetAsync("/api/incidents?open=true", TestContext.Current.CancellationToken);
        return open.AsArray().FirstOrDefault(one => one!["sealNumber"]!.ToString() == door.Number
            && one["handling"]!.ToString() == "unacknowledged" && one["level"]!.GetValue<int>() >= 3)?["id"]!.ToString();
    }

    // Signing in once by the page's own form spares every other visit the slow password hash.
    private async Task<string> CookiesAsync()
    {
        if (_cookies is null)
        {
            await using var page = await VisitedPage.OpenAsync(Browser, World.Console, Screen.Desktop, "zh", null);
            await page.SignInAsync(DemoWorld.Login, World.Password);
            _cookies = await page.Page.Context.StorageStateAsync();
        }

        return _cookies;
    }
}
