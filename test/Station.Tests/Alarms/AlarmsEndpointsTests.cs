using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>docs/formats/api.md, Incidents, over HTTP against a whole station.</summary>
public sealed class AlarmsEndpointsTests
{
    private const string Seal = "京0108-000017";
    private static readonly string[] s_stated = ["incident.opened", "incident.acknowledged", "incident.closed"];

    [Fact]
    public async Task Incident_IsListedAcknowledgedAndClosedWithAnOutcome()
    {
        await using var station = await RunningStation.StartAsync();
        using var officer = await station.SignInAsync("zhao", [Access.Officer]);
        var id = await RaiseAsync(station, officer);
        var card = (await GetAsync<JsonArray>(officer, "/api/incidents?open=true"))[0]!;
        Assert.Equal(("active", "unacknowledged", "counter.gap", 3), (Text(card, "condition"), Text(card, "handling"), Text(card, "kind"), card["level"]!.GetValue<int>()));
        Assert.NotNull(card["nextWarningAt"]);

        var acknowledged = await PostAsync(officer, $"/api/incidents/{id}/acknowledge", new { });
        Assert.Equal(HttpStatusCode.OK, acknowledged.Status);
        Assert.Equal(("acknowledged", "zhao"), (Text(acknowledged.Body!, "handling"), Text(acknowledged.Body!, "acknowledgedBy")));
        Assert.Null(acknowledged.Body!["nextWarningAt"]);

        var closed = await PostAsync(officer, $"/api/incidents/{id}/close", new { outcome = "falseAlarm", note = "保洁人员" });
        Assert.Equal((HttpStatusCode.OK, "closed", "falseAlarm"), (closed.Status, Text(closed.Body!, "handling"), Text(closed.Body!, "outcome")));
        Assert.Empty(await GetAsync<JsonArray>(officer, "/api/incidents?open=true"));
        Assert.Single(await GetAsync<JsonArray>(officer, "/api/incidents"));
        await AlarmsRun.UntilAsync(async () =>
            s_stated.All((await RunningStation.KindsAsync(officer)).Contains));
        var kinds = (await GetAsync<JsonNode>(officer, $"/api/incidents/{id}"))["timeline"]!.AsArray().Select(t => Text(t!, "kind")).ToList();
        Assert.Equal("counter.gap", kinds[0]);

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(officer, $"/api/incidents/{id}/acknowledge", new { })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(officer, $"/api/incidents/{id}/close", new { outcome = "other" })).Status);
    }

    [Theory]
    [InlineData("{\"outcome\":\"falseAlarm\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"outcome\":\"falseAlarm\",\"note\":\"  \"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"outcome\":77}", HttpStatusCode.BadRequest)]
    [InlineData("{\"outcome\":\"nothing\"}", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task ClosingThatIsIncomplete_IsRefusedAndChangesNothing(string body, HttpStatusCode expected)
    {
        await using var station = await RunningStation.StartAsync();
        using var officer = await station.SignInAsync("zhao", [Access.Officer]);
        var id = await RaiseAsync(station, officer);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await officer.PostAsync(new Uri($"/api/incidents/{id}/close", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("unacknowledged", Text(await GetAsync<JsonNode>(officer, $"/api/incidents/{id}"), "handling"));
    }

    [Fact]
    public async Task Stranger_GetsNothingAndTheApplicantOnlyOwnCases()
    {
        await using var station = await RunningStation.StartAsync();
        using var officer = await station.SignInAsync("zhao", [Access.Officer]);
        using var clerk = await station.SignInAsync("clerk", [Access.Clerk]);
        using var applicant = await station.SignInAsync("wang", [Access.Applicant], ["(2026)京0108执1号"]);
        using var stranger = station.Browser();
        var id = await RaiseAsync(station, officer);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, "/api/incidents"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(applicant, $"/api/incidents/{id}"));
        Assert.Empty(await GetAsync<JsonArray>(applicant, "/api/incidents"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(officer, "/api/incidents/unknown"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(officer, "/api/incidents/unknown/acknowledge", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(clerk, $"/api/incidents/{id}/acknowledge", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(applicant, $"/api/incidents/{id}/acknowledge", new { })).Status);
        officer.DefaultRequestHeaders.Remove("X-Cinnabar");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(officer, $"/api/incidents/{id}/acknowledge", new { })).Status);
        Assert.Equal("unacknowledged", Text(await GetAsync<JsonNode>(officer, $"/api/incidents/{id}"), "handling"));
    }

    private static async Task<string> RaiseAsync(RunningStation station, HttpClient officer)
    {
        station.Services.GetRequiredService<FactWriter>().Station("counter.gap", Seal, CborValue.Map(("device", CborValue.Text("d"))));
        JsonArray open = [];
        await AlarmsRun.UntilAsync(async () => (open = await GetAsync<JsonArray>(officer, "/api/incidents?open=true")).Count > 0);
        return Text(Assert.Single(open)!, "id");
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<T> GetAsync<T>(HttpClient client, string path) =>
        (await client.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken) : null);
    }
}
