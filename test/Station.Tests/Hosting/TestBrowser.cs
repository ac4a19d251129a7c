using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Cinnabar.Station.Console;
using Cinnabar.Station.Tests.Contract;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>A browser at the console port, with its own cookies.</summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly Uri _console;

    /// <param name="signedIn">A browser whose session this one goes on with.</param>
    public TestBrowser(Uri console, TestBrowser? signedIn = null)
    {
        _console = console;
        Login = signedIn?.Login ?? "";
        _cookies.Add(signedIn?._cookies.GetAllCookies() ?? []);
        Http = new HttpClient(new ContractHandler(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false })) { BaseAddress = console };
        Http.DefaultRequestHeaders.Add("X-Cinnabar", "1");
    }

    public HttpClient Http { get; }

    public string Login { get; private set; }

    /// <summary>Makes an account and signs in with it.</summary>
    public async Task SignInAsync(UserManager<CourtUser> users, string role)
    {
        Login = "login." + role;
        users.PasswordHasher = new TestPassword();
        Assert.Empty(await Accounts.CreateAsync(users, new AccountDraft(Login, null, TestPassword.Text, [role], null, "zh")));
        using var answer = await Http.PostAsJsonAsync("/api/session", new { login = Login, password = TestPassword.Text });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<HttpResponseMessage> GetAsync(string path) => await Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Opens a WebSocket with this browser's cookies.</summary>
    /// <exception cref="LaneRefusedException">The station did not open it.</exception>
    public async Task<ClientWebSocket> OpenAsync(string path, string? origin = null)
    {
        var web = new ClientWebSocket();
        web.Options.Cookies = _cookies;
        web.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            web.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await web.ConnectAsync(new Uri($"ws://{_console.Authority}{path}"), deadline.Token);
            return web;
        }
        catch (WebSocketException e)
        {
            var status = web.HttpStatusCode;
            web.Dispose();
            throw new LaneRefusedException(status, e);
        }
    }

    public void Dispose() => Http.Dispose();
}
