using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Cinnabar.Station.Tests.Contract;
using Cinnabar.Station.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Console;

public sealed class LiveFeedTests
{
    [Fact]
    public async Task Fact_IsToldAsReceivedAndAgainWithItsPlaceInTheLog()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await using var events = await Feed.OpenAsync(judge, null);
        await events.UntilAsync(e => e.EventType == "tick");
        var seal = await OrderSamples.IssueAsync(judge);
        await events.UntilAsync(e => e.EventType == "fact" && Is(e, "state", "received") && Is(e, "kind", "order.issued"));
        var sequenced = await events.UntilAsync(e => e.EventType == "fact" && !Is(e, "state", "received") && Is(e, "kind", "order.issued"));
        Assert.Equal(seal, JsonNode.Parse(sequenced.Data)!.Text("sealNumber"));
        await events.UntilAsync(e => e.EventType == "seal" && Is(e, "legalState", "ordered"));
    }

    [Fact]
    public async Task BrowserThatComesBack_GetsWhatItMissed()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        string last;
        await using (var first = await Feed.OpenAsync(judge, null))
        {
            await OrderSamples.IssueAsync(judge);
            last = (await first.UntilAsync(e => e.EventType == "fact" && !Is(e, "state", "received"))).EventId!;
        }

        await judge.PostAsync("/api/seals", OrderSamples.Draft().With("caseNumber", "(2026)京0108执2号"), System.Net.HttpStatusCode.Created);
        await using var second = await Feed.OpenAsync(judge, last);
        await second.UntilAsync(e => e.EventType == "fact" && Is(e, "kind", "order.issued") && Is(e, "state", "received"));
    }

    [Theory]
    [InlineData("18f2a-17")]
    [InlineData("nonsense")]
    public async Task PlaceThatIsLost_IsToldAsReset(string lastId)
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await using var events = await Feed.OpenAsync(judge, lastId);
        await events.UntilAsync(e => e.EventType == "reset");
    }

    [Fact]
    public async Task Applicant_HearsOfOwnSealsOnly()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var applicant = await station.SignInAsync("own", ["applicant"], ["(2026)京0108执2号"]);
        await using var events = await Feed.OpenAsync(applicant, null);
        await events.UntilAsync(e => e.EventType == "tick");
        await OrderSamples.IssueAsync(judge);
        await judge.PostAsync("/api/seals", OrderSamples.Draft().With("caseNumber", "(2026)京0108执2号"), System.Net.HttpStatusCode.Created);
        var heard = await events.UntilAsync(e => e.EventType == "seal");
        Assert.Equal("(2026)京0108执2号", JsonNode.Parse(heard.Data)!.Text("caseNumber"));
        Assert.DoesNotContain(events.Seen, e => e.EventType is "log" or "health");
    }

    [Fact]
    public async Task Chain_IsToldToApplicantsToo()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        using var applicant = await station.SignInAsync("own", ["applicant"], ["(2026)京0108执2号"]);
        await OrderSamples.IssueAsync(judge);
        var size = station.Services.GetRequiredService<Ledger.CourtLog>().Head.Size;
        await using var events = await Feed.OpenAsync(applicant, null);
        var anchored = await events.UntilAsync(e => e.EventType == "chain" && JsonNode.Parse(e.Data)!["anchored"]!.GetValue<long>() >= size);
        Assert.True(JsonNode.Parse(anchored.Data)!["standsAlone"]!.GetValue<bool>());
        Assert.True(JsonNode.Parse(anchored.Data)!["final"]!.GetValue<long>() >= size);
    }

    [Fact]
    public async Task HealthAndHead_AreToldToEveryFeedThatOpens()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await using var events = await Feed.OpenAsync(judge, null);
        await events.UntilAsync(e => e.EventType == "health" && Is(e, "log", "ok"));
        Assert.Contains(events.Seen, e => e.EventType == "log");
    }

    [Fact]
    public async Task FeedsOverTheLimit_AreRefused()
    {
        await using var station = await RunningStation.StartAsync(("Console:FeedsMax", "1"));
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await using var events = await Feed.OpenAsync(judge, null);
        using var second = await judge.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    private static bool Is(SseItem<string> item, string key, string value) => JsonNode.Parse(item.Data)?[key]?.GetValue<string>() == value;

    private sealed class Feed(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

        public List<SseItem<string>> Seen { get; } = [];

        public static async Task<Feed> OpenAsync(HttpClient client, string? lastId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
            var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            return new Feed(answer, SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken));
        }

        public async Task<SseItem<string>> UntilAsync(Func<SseItem<string>, bool> isIt)
        {
            while (await items.MoveNextAsync().AsTask().WaitAsync(s_limit))
            {
                Seen.Add(items.Current);
                Assert.Empty(ApiContract.EventFaults(items.Current.EventType, items.Current.Data));
                if (isIt(items.Current))
                {
                    return items.Current;
                }
            }

            throw new InvalidOperationException($"The feed ended after {string.Join(' ', Seen.Select(s => s.EventType))}.");
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
