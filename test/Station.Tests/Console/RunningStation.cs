using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cinnabar.Station.Console;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Station.Tests.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Console;

/// <summary>A whole station on free ports of loopback with a data folder of its own.</summary>
internal sealed class RunningStation : IAsyncDisposable
{
    public const string Password = TestPassword.Text;

    private static readonly CourtIdentity s_court = new(
        "北京市海淀区人民法院", "Beijing Haidian District People's Court", "京0108", "log.haidian.example/2026", "010-12345678", "北京市海淀区丹棱街12号");

    private readonly DirectoryInfo _data;
    private readonly bool _owned;
    private readonly WebApplication _app;

    private RunningStation(DirectoryInfo data, bool owned, WebApplication app)
    {
        (_data, _owned, _app) = (data, owned, app);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First(a => a.StartsWith("http://", StringComparison.Ordinal)));
    }

    public Uri Url { get; }

    public DirectoryInfo Data => _data;

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningStation> StartAsync(params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("cinnabar-station-");
        InitCommand.Make(data, s_court);
        return await StartAsync(data, owned: true, settings);
    }

    /// <summary>A station on a folder that another one left.</summary>
    public static async Task<RunningStation> StartAsync(DirectoryInfo data, bool owned, params (string Key, string Value)[] settings)
    {
        var app = RunCommand.Build(data, null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"),
            new("Station:PublicUrl", "https://seals.haidian.example"), new("Logging:LogLevel:Default", "None"),
            .. settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningStation(data, owned, app);
    }

    /// <summary>A browser that is signed in with a new account of these roles.</summary>
    public async Task<HttpClient> SignInAsync(string login, string[] roles, string[]? cases = null)
    {
        await using (var scope = Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<CourtUser>>();
            users.PasswordHasher = new TestPassword();
            var errors = await Accounts.CreateAsync(
                users, new AccountDraft(login, null, Password, roles, cases, "zh"));
            Assert.Empty(errors);
        }

        var client = Browser();
        using var answer = await client.PostAsJsonAsync("/api/session", new { login, password = Password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return client;
    }

    /// <summary>A browser with the header of intent and an empty cookie jar.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false })) { BaseAddress = Url };
        client.DefaultRequestHeaders.Add("X-Cinnabar", "1");
        return client;
    }

    /// <summary>The kinds of statements in the log, in order.</summary>
    public static async Task<IReadOnlyList<string>> KindsAsync(HttpClient staff)
    {
        var entries = await staff.GetFromJsonAsync<JsonArray>("/api/log/entries?from=0&count=200", TestContext.Current.CancellationToken);
        return [.. entries!.Select(e => e!["kind"]!.GetValue<string>())];
    }

    public ValueTask DisposeAsync() => DisposeAsync(keep: false);

    /// <param name="keep">Leaves the data folder to another station.</param>
    public async ValueTask DisposeAsync(bool keep)
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (_owned && !keep)
        {
            _data.Delete(recursive: true);
        }
    }
}
