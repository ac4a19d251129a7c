using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>One page in a browser profile of its own. Every error in its log is kept; there is no list of allowed ones.</summary>
public sealed class VisitedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private VisitedPage(IBrowserContext context, IPage page, Uri console)
    {
        _context = context;
        Page = page;
        Root = console;
        page.Console += (_, message) => Keep(message.Type == "error", $"{message.Type}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Keep(true, "thrown: " + error);
    }

    public IPage Page { get; }

    public Uri Root { get; }

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public static async Task<VisitedPage> OpenAsync(IBrowser browser, Uri console, Screen screen, string language, string? cookies)
    {
        var phone = screen == Screen.Phone;
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1366, Height = 768 },
            Locale = language == "zh" ? "zh-CN" : "en-US",
            HasTouch = phone,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = cookies,
        });
        context.SetDefaultTimeout(30_000);
        await context.AddInitScriptAsync($"localStorage.setItem('cinnabar.language', '{language}')");
        return new VisitedPage(context, await context.NewPageAsync(), console);
    }

    public async Task GoAsync(string path)
    {
        var answer = await Page.GotoAsync(new Uri(Root, path).AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.NotNull(answer);
    }

    public async Task SignInAsync(string login, string password)
    {
        await GoAsync("/console/");
        await Page.Locator("input[autocomplete=username]").FillAsync(login);
        await Page.Locator("input[autocomplete=current-password]").FillAsync(password);
        await Page.Locator("button[type=submit]").ClickAsync();
        await Page.Locator(".header").WaitForAsync();
    }

    /// <summary>Pixels that the page is wider than its window.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Keep(bool isError, string text)
    {
        if (!isError)
        {
            return;
        }

        lock (_errors)
        {
            _errors.Add(text);
        }
    }
}
