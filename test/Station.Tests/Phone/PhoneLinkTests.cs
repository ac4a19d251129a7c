using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Console;
using Cinnabar.Station.Tests.Notices;
using Cinnabar.Station.Tests.Orders;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Phone;

public sealed class PhoneLinkTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task LinkFromAWarning_ShowsTheIncidentAndAnswersForItOnce()
    {
        var warnings = Channel.CreateUnbounded<JsonNode>();
        await using var desk = await HttpPeer.StartAsync(_ => { }, routes => routes.MapPost("/", async (HttpContext http) =>
        {
            warnings.Writer.TryWrite((await JsonSerializer.DeserializeAsync<JsonNode>(http.Request.Body))!);
        }));
        await using var station = await RunningStation.StartAsync(
            ("Notices:Webhook:Url", desk.Address.ToString()), ("Notices:Webhook:Secret", "a secret of the court, long enough"), ("Notices:Webhook:AllowPrivateAddresses", "true"),
            ("Alarms:Duty:0:Name", "duty.desk"), ("Alarms:Duty:0:Channel", "webhook"), ("Alarms:Duty:0:Address", "desk"));
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        using (door)
        {
            var cut = await door.StateAsync("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
            var still = await door.StateAsync("media.still", CborValue.Map(
                ("trigger", CborValue.Bytes(cut.Hash)), ("offset_ms", CborValue.Integer(200)), ("width", CborValue.Integer(640)), ("height", CborValue.Integer(360)),
                ("thumbnail", CborValue.Boolean(false))), new HashedData(Digest.Of("a picture"u8), "image/jpeg"));
            var warning = await warnings.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_limit, TestContext.Current.CancellationToken);
            var link = new Uri(warning.Text("link"));
            Assert.Equal("seals.haidian.example", link.Host);
            var api = "/api" + link.AbsolutePath.Replace("/p/", "/phone/", StringComparison.Ordinal);

            using var phone = station.Browser();
            var alarms = station.Services.GetRequiredService<AlarmsStore>();
            Eventually.Holds(() => alarms.Stills(warning.Text("incident")).Count > 0, "the picture belongs to the incident");
            var view = await phone.GetAsync(api, HttpStatusCode.OK);
            Assert.Equal(("officer", OrderSamples.CaseNumber, seal, "unacknowledged"), (view.Text("role"), view.Text("caseNumber"), view.Text("sealNumber"), view.Text("handling")));
            Assert.Equal("封条被剪断或撕开", view["kind"]!.Text("zh"));
            Assert.True(view["acknowledgeable"]!.GetValue<bool>());
            Assert.Empty(view["pictures"]!.AsArray());
            await phone.GetAsync($"{api}/pictures/{still.Data!.Digest}", HttpStatusCode.NotFound);
            station.Services.GetRequiredService<MediaIntake>().KeepPicture(new PictureMessage(still.Data.Digest, "image/jpeg", "a picture"u8.ToArray()), "CNB-0001", seal);
            view = await phone.GetAsync(api, HttpStatusCode.OK);
            Assert.Equal([still.Data.Digest.ToString()], view["pictures"]!.AsArray().Select(p => p!.GetValue<string>()));
            await phone.GetAsync($"{api}/pictures/{new string('a', 64)}", HttpStatusCode.NotFound);

            await WithoutHeaderAsync(station, api);
            var answered = await phone.PostAsync(api + "/acknowledge", new { }, HttpStatusCode.OK);
            Assert.Equal(("acknowledged", "duty.desk"), (answered.Text("handling"), answered.Text("acknowledgedBy")));
            Assert.False(answered["acknowledgeable"]!.GetValue<bool>());
            await phone.PostAsync(api + "/acknowledge", new { }, HttpStatusCode.OK);
            var store = station.Services.GetRequiredService<SealsStore>();
            Eventually.Holds(() => store.History(seal, 100).Any(f => f.Kind == "incident.acknowledged"), "the officer's statement is in the log");
            Assert.Equal("officer:duty.desk", Assert.Single(store.History(seal, 100), f => f.Kind == "incident.acknowledged").Issuer);
            var card = await judge.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
            Assert.Equal((warning.Text("incident"), "alarm"), (card.Text("openIncident"), card.Text("deviceState")));
        }
    }

    private static async Task WithoutHeaderAsync(RunningStation station, string api)
    {
        using var elsewhere = station.Browser();
        elsewhere.DefaultRequestHeaders.Remove("X-Cinnabar");
        await elsewhere.PostAsync(api + "/acknowledge", new { }, HttpStatusCode.BadRequest);
    }
}
