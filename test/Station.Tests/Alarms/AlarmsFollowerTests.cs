using System.Collections.Concurrent;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Cinnabar.Station.Tests.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>The whole path on the real clock: a fact on the feed, a real HTTP receiver at the other end.</summary>
public sealed class AlarmsFollowerTests
{
    private static readonly Contact s_hook = new("hook", "duty", "webhook", "-", WarningAudience.Officer, WarningLanguage.English, 1);
    private static readonly Contact s_mail = new("mail", "judge", "email", "judge@court.example", WarningAudience.Officer, WarningLanguage.English, 1);
    private readonly ConcurrentQueue<string> _keys = [];

    [Fact]
    public async Task Cut_IsDurableBeforeTheChannelIsCalledAndStatedAfter()
    {
        AlarmsRun? run = null;
        var durable = new ConcurrentQueue<bool>();
        await using var peer = await Peer(key => durable.Enqueue(run!.Store.PendingWarnings().Exists(w => w.Key == key)));
        using var channel = Webhook(peer);
        await using (run = await AlarmsRun.StartAsync(new AlarmsOptions(), [s_hook], new NoticeChannel(channel, 4)))
        {
            await run.PublishAsync(new TestSeal("s", TimeProvider.System).Says("strip.cut"));
            await AlarmsRun.UntilAsync(() => run.Stated.Count >= 3);
            Assert.True(Assert.Single(durable));
            Assert.Equal(["incident.opened", "warning.attempt", "warning.result"], run.Stated.Select(s => s.Kind));
            var (attempt, result) = (run.Stated.ElementAt(1), run.Stated.ElementAt(2));
            Assert.Equal(attempt.Hash, result.Body["attempt"].AsDigest());
            Assert.Equal("handed off", result.Body["result"].AsText());
        }
    }

    [Fact]
    public async Task FiveThousandCutsAtOnce_AreAllDurableAndAllWarnedOnce()
    {
        await using var peer = await Peer(_ => { });
        using var channel = Webhook(peer);
        await using var run = await AlarmsRun.StartAsync(new AlarmsOptions(), [s_hook], new NoticeChannel(channel, 16));
        var facts = Enumerable.Range(0, 5_000).Select(i => new TestSeal($"s{i}", TimeProvider.System).Says("strip.cut")).ToList();
        foreach (var fact in facts)
        {
            await run.PublishAsync(fact);
        }

        await AlarmsRun.UntilAsync(() => _keys.Count >= 5_000);
        Assert.Equal(5_000, run.Store.OpenIncidents().Count);
        Assert.Equal(5_000, _keys.Distinct().Count());
        Assert.Equal(5_000, _keys.Count);
    }

    [Fact]
    public async Task ChannelThatHangs_DelaysNoOther()
    {
        await using var peer = await Peer(_ => { });
        using var webhook = Webhook(peer);
        using var hanging = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        hanging.Start();
        var mail = new SmtpChannel(
            new SmtpOptions { Host = "127.0.0.1", Port = ((System.Net.IPEndPoint)hanging.LocalEndpoint).Port, From = "a@b.example", Security = SmtpSecurity.None, AttemptTimeout = TimeSpan.FromSeconds(20) },
            TimeProvider.System);
        await using var run = await AlarmsRun.StartAsync(new AlarmsOptions(), [s_mail, s_hook], new NoticeChannel(mail, 1), new NoticeChannel(webhook, 4));
        for (var i = 0; i < 50; i++)
        {
            await run.PublishAsync(new TestSeal($"s{i}", TimeProvider.System).Says("strip.cut"));
        }

        await AlarmsRun.UntilAsync(() => _keys.Count >= 50);
        Assert.DoesNotContain(run.Stated, s => s.Kind == "warning.attempt" && s.Body["channel"].AsText() == "email");
    }

    [Fact]
    public async Task ChannelThatIsSwitchedOff_IsARefusalWithAReason()
    {
        await using var run = await AlarmsRun.StartAsync(new AlarmsOptions(), [s_mail]);
        await run.PublishAsync(new TestSeal("s", TimeProvider.System).Says("strip.cut"));
        await AlarmsRun.UntilAsync(() => run.Stated.Any(s => s.Kind == "warning.result"));
        Assert.Equal(DeliveryReason.ChannelMissing, run.Stated.Single(s => s.Kind == "warning.result").Body["reason"].AsText());
    }

    [Fact]
    public async Task ArmedSealThatFallsSilent_IsStatedAndStatedBack()
    {
        var options = new AlarmsOptions { SilenceLimit = TimeSpan.FromSeconds(1) };
        await using var run = await AlarmsRun.StartAsync(options, [s_mail]);
        var seal = new TestSeal("s", TimeProvider.System);
        await run.PublishAsync(seal.StationSays("order.installed", ("device", CborValue.Text("d-1"))));
        await run.PublishAsync(seal.StationSays("order.armed"));
        await AlarmsRun.UntilAsync(() => run.Stated.Any(s => s.Kind == AlarmKind.HeartbeatMissed));
        Assert.Equal("d-1", run.Stated.Single(s => s.Kind == AlarmKind.HeartbeatMissed).Body["device"].AsText());
        await run.Feed.PublishAsync(new HeartbeatReceived("d-1", "s", CborValue.EmptyMap, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);
        await AlarmsRun.UntilAsync(() => run.Stated.Any(s => s.Kind == AlarmKind.HeartbeatBack));
    }

    [Fact]
    public async Task AcknowledgementByAnOfficer_IsStatedInTheOfficersName()
    {
        await using var run = await AlarmsRun.StartAsync(new AlarmsOptions(), [s_mail]);
        await run.PublishAsync(new TestSeal("s", TimeProvider.System).Says("strip.cut"));
        await AlarmsRun.UntilAsync(() => run.Store.OpenIncidents().Count == 1);
        var id = run.Store.OpenIncidents()[0].Id;
        Assert.Equal(HandlingAnswer.Done, await run.Queue.AcknowledgeAsync(id, "officer.zhao", "phone", TestContext.Current.CancellationToken));
        await AlarmsRun.UntilAsync(() => run.Stated.Any(s => s.Kind == "incident.acknowledged"));
        var stated = run.Stated.Single(s => s.Kind == "incident.acknowledged");
        Assert.Equal(("officer.zhao", "phone", id), (stated.Officer, stated.Body["via"].AsText(), stated.Body["incident"].AsText()));
    }

    private static WebhookChannel Webhook(HttpPeer peer) => new(
        new WebhookOptions { Url = new Uri(peer.Address, "/hook"), Secret = new string('s', 40), AllowPrivateAddresses = true, AttemptTimeout = TimeSpan.FromSeconds(20) },
        TimeProvider.System);

    private Task<HttpPeer> Peer(Action<string> onKey) => HttpPeer.StartAsync(_ => { }, routes => routes.MapPost("/hook", async (HttpContext context) =>
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var key = body.RootElement.GetProperty("key").GetString()!;
        onKey(key);
        _keys.Enqueue(key);
    }));
}
