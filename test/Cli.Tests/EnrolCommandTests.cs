using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Cli.Tests;

/// <summary>The program beside a server that answers as docs/formats/api.md says, on a real socket.</summary>
public sealed class EnrolCommandTests : IAsyncLifetime
{
    private const string Password = "correct horse";

    private WebApplication _station = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _station = builder.Build();
        _station.Urls.Add("http://127.0.0.1:0");
        _station.MapPost("/api/session", async (HttpContext context) =>
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body);
            if (context.Request.Headers["X-Cinnabar"] != "1")
            {
                return Results.BadRequest();
            }

            if (body.RootElement.GetProperty("password").GetString() != Password)
            {
                return Results.Unauthorized();
            }

            context.Response.Cookies.Append("session", body.RootElement.GetProperty("login").GetString()!);
            return Results.Ok();
        });
        _station.MapPost("/api/seals/{seal}/enrolment", (string seal, HttpContext context) =>
            context.Request.Headers["X-Cinnabar"] != "1" ? Results.BadRequest()
            : context.Request.Cookies["session"] != "clerk" ? Results.StatusCode(403)
            : seal != "示0101-2026-0001" ? Results.NotFound()
            : Results.Json(new { code = "ABCD-1234", expires = "2026-01-01T00:10:00.000Z", uplink = "https://127.0.0.1:8443" }));
        await _station.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _station.DisposeAsync();

    [Fact]
    public async Task Code_address_and_expiry_are_printed()
    {
        var outcome = await Enrol("clerk", Password, "示0101-2026-0001");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal("code ABCD-1234\nexpires 2026-01-01T00:10:00.000Z\nuplink https://127.0.0.1:8443\n", outcome.Output);
    }

    [Theory]
    [InlineData("clerk", "wrong", "示0101-2026-0001", "401")]
    [InlineData("applicant", Password, "示0101-2026-0001", "403")]
    [InlineData("clerk", Password, "none", "404")]
    public async Task Refusal_of_the_station_exits_1_and_is_explained(string login, string password, string seal, string why)
    {
        var outcome = await Enrol(login, password, seal);
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith(why, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_can_come_from_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("password", [.. "correct horse\n"u8]);
        var outcome = await CommandLine.RunAsync("enrol", "示0101-2026-0001", "--station", _station.Urls.First(), "--login", "clerk", "--password-file", file);
        Assert.Equal(0, outcome.Exit);
    }

    [Fact]
    public async Task Station_that_does_not_answer_exits_3()
    {
        var address = _station.Urls.First();
        await _station.StopAsync(TestContext.Current.CancellationToken);
        var outcome = await CommandLine.RunAsync(new Dictionary<string, string>(), Password + "\n", "enrol", "x", "--station", address, "--login", "clerk");
        Assert.Equal(3, outcome.Exit);
    }

    [Fact]
    public async Task Address_that_is_none_exits_2()
    {
        var outcome = await CommandLine.RunAsync(new Dictionary<string, string>(), Password + "\n", "enrol", "x", "--station", "ftp://x", "--login", "clerk");
        Assert.Equal(2, outcome.Exit);
    }

    private Task<CommandLine.Outcome> Enrol(string login, string password, string seal) =>
        CommandLine.RunAsync(new Dictionary<string, string>(), password + "\n", "enrol", seal, "--station", _station.Urls.First(), "--login", login);
}
