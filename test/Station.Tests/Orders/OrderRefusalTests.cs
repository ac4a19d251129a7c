using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cinnabar.Station.Tests.Console;

namespace Cinnabar.Station.Tests.Orders;

public sealed class OrderRefusalTests : IClassFixture<OrderRefusalTests.Court>
{
    private readonly Court _court;

    public OrderRefusalTests(Court court) => _court = court;

    [Fact]
    public async Task PeriodOverTheMaximum_IsRefusedWithTheDateAllowed()
    {
        var last = OrderSamples.Today.AddYears(3);
        var draft = OrderSamples.Draft().With("until", last.AddDays(1).ToString("yyyy-MM-dd", null));
        var refusal = await _court.Judge.PostAsync("/api/seals", draft, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("P1", last.ToString("yyyy-MM-dd", null)), (refusal.Text("rule"), refusal.Text("allowedUntil")));
        Assert.Contains("第四百八十五条", refusal.Text("article"), StringComparison.Ordinal);
        Assert.NotEmpty(refusal["text"]!.Text("zh"));
        Assert.NotEmpty(refusal["text"]!.Text("en"));
    }

    [Fact]
    public async Task MissingEnd_IsBlockedWithASuggestion()
    {
        var refusal = await _court.Judge.PostAsync("/api/seals", OrderSamples.Draft().With("until", null), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(OrderSamples.Today.AddYears(3).ToString("yyyy-MM-dd", null), refusal.Text("allowedUntil"));
    }

    [Fact]
    public async Task MalformedCaseNumber_IsRefusedWithAnExample()
    {
        var refusal = await _court.Judge.PostAsync("/api/seals", OrderSamples.Draft().With("caseNumber", "1234"), HttpStatusCode.UnprocessableEntity);
        Assert.Equal("CN", refusal.Text("rule"));
    }

    [Theory]
    [InlineData("category", null, "category")]
    [InlineData("from", null, "from")]
    [InlineData("property", null, "property.address")]
    public async Task MissingField_IsNamed(string field, object? value, string named)
    {
        var problem = await _court.Judge.PostAsync("/api/seals", OrderSamples.Draft().With(field, value), HttpStatusCode.BadRequest);
        Assert.NotNull(problem["errors"]![named]);
    }

    [Theory]
    [InlineData("{\"role\":\"king\",\"name\":\"a\"}", "parties.role")]
    [InlineData("{\"role\":\"judge\",\"name\":\"\"}", "parties.name")]
    [InlineData("{\"role\":\"judge\",\"name\":\"a\",\"phone\":\"call me\"}", "parties.phone")]
    [InlineData("{\"role\":\"judge\",\"name\":\"a\",\"email\":\"nobody\"}", "parties.email")]
    [InlineData("{\"role\":\"judge\",\"name\":\"a\",\"language\":\"fr\"}", "parties.language")]
    public async Task MalformedParty_IsNamed(string party, string named)
    {
        var draft = OrderSamples.Draft().With("parties", new[] { System.Text.Json.Nodes.JsonNode.Parse(party) });
        Assert.NotNull((await _court.Judge.PostAsync("/api/seals", draft, HttpStatusCode.BadRequest))["errors"]![named]);
    }

    [Fact]
    public async Task BodyThatIsNoJson_IsRefused()
    {
        using var body = new StringContent("{", new MediaTypeHeaderValue("application/json"));
        using var answer = await _court.Judge.PostAsync("/api/seals", body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SameOrderTwice_IsOneSealAndAConflict()
    {
        var draft = OrderSamples.Draft().With("caseNumber", "(2026)京0108执77号");
        await _court.Judge.PostAsync("/api/seals", draft, HttpStatusCode.Created);
        await _court.Judge.PostAsync("/api/seals", draft, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task RulingThatIsNoPdf_IsRefused()
    {
        var seal = await NewSealAsync(78);
        await _court.Judge.UploadAsync(OrderSamples.Path(seal) + "/ruling", "MZ not a ruling"u8.ToArray(), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task RulingOverTheLimit_IsRefused()
    {
        var seal = await NewSealAsync(79);
        await _court.Judge.UploadAsync(OrderSamples.Path(seal) + "/ruling", [.. "%PDF-"u8, .. new byte[Court.RulingBytesMax]], HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task RulingFarOverTheLimit_IsRefusedUnread()
    {
        var seal = await NewSealAsync(80);
        using var content = new ByteArrayContent(new byte[4 * 1024 * 1024]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var request = new HttpRequestMessage(HttpMethod.Post, OrderSamples.Path(seal) + "/ruling") { Content = content, Headers = { ExpectContinue = true } };
        using var answer = await _court.Judge.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Fact]
    public async Task ArmingWithoutRuling_IsRefusedWithItsArticle()
    {
        var seal = await NewSealAsync(81);
        Assert.Equal("N1", (await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/arm", new { reason = "x" }, HttpStatusCode.UnprocessableEntity)).Text("rule"));
    }

    [Fact]
    public async Task StepWithoutReason_IsRefused()
    {
        var seal = await NewSealAsync(82);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/lift", new { reason = " " }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task InstallingADeviceOfAnotherSeal_IsRefused()
    {
        var seal = await NewSealAsync(83);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = "CNB-X", frame = OrderSamples.Frame("CNB-X") }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task FrameThatCannotBe_IsRefused()
    {
        var seal = await NewSealAsync(84);
        var frame = new { deviceId = "CNB-X", foldedWidthMm = 420, extendedWidthMm = 300, slots = Array.Empty<int>(), doorWidthMm = 900, doorHeightMm = 2000 };
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = "CNB-X", frame }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task PhotoThatIsNoPicture_IsRefused()
    {
        var seal = await NewSealAsync(85);
        using var door = await DoorDevice.EnrolAsync(_court.Station.Services, "CNB-85", seal);
        var photo = Convert.ToBase64String(Encoding.ASCII.GetBytes("GIF89a"));
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = door.Id, frame = OrderSamples.Frame(door.Id), photo }, HttpStatusCode.BadRequest);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = door.Id, frame = OrderSamples.Frame(door.Id), photo = "***" }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task GrantAndSpeech_NeedAnArmedSeal()
    {
        var seal = await NewSealAsync(86);
        using var door = await DoorDevice.EnrolAsync(_court.Station.Services, "CNB-86", seal);
        var now = DateTimeOffset.UtcNow;
        var grant = new { from = now, until = now.AddHours(1), officer = "li.judge", reason = "看样" };
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/grants", grant, HttpStatusCode.Conflict);
        Assert.Equal("P4", (await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/commands", new { kind = "speak", stage = 2 }, HttpStatusCode.UnprocessableEntity)).Text("rule"));
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/commands", new { kind = "sirenOff" }, HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("{\"kind\":\"open\"}")]
    [InlineData("{\"kind\":\"speak\"}")]
    [InlineData("{\"kind\":\"speak\",\"stage\":4}")]
    [InlineData("{\"kind\":\"speak\",\"stage\":1,\"text\":\"both\"}")]
    public async Task MalformedCommand_IsRefused(string command)
    {
        var seal = await NewSealAsync(87);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/commands", System.Text.Json.Nodes.JsonNode.Parse(command)!, HttpStatusCode.BadRequest);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/lift", new { reason = "测试" }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task GrantLongerThanAllowed_IsRefused()
    {
        var seal = await NewSealAsync(88);
        var now = DateTimeOffset.UtcNow;
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/grants", new { from = now, until = now.AddHours(13), officer = "a", reason = "b" }, HttpStatusCode.BadRequest);
        await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/grants", new { from = now, until = now.AddHours(-1), officer = "a", reason = "b" }, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/arm")]
    [InlineData("/lift")]
    [InlineData("/disarm")]
    public async Task UnknownSeal_IsNotFound(string step)
    {
        await _court.Judge.PostAsync(OrderSamples.Path("FT-京0108-2026-999999-A") + step, new { reason = "x" }, HttpStatusCode.NotFound);
        await _court.Judge.PostAsync(OrderSamples.Path("FT-京0108-2026-999999-A") + "/enrolment", new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RuleTables_SayTheLimitBeforeItIsBroken()
    {
        var periods = (await _court.Judge.GetAsync("/api/rules/periods?from=2024-02-29", HttpStatusCode.OK)).AsArray();
        var movable = periods.Single(p => p!.Text("category") == "movable")!;
        Assert.Equal((2, "2026-02-28"), (movable["maxYears"]!.GetValue<int>(), movable.Text("until")));
        var voice = (await _court.Judge.GetAsync("/api/rules/voice?on=2020-07-02", HttpStatusCode.OK)).AsArray();
        Assert.Equal([1, 2, 3], voice.Select(v => v!["stage"]!.GetValue<int>()));
        Assert.Contains("第一百一十一条", voice[1]!["text"]!.Text("zh"), StringComparison.Ordinal);
        await _court.Judge.GetAsync("/api/rules/periods?from=tomorrow", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task EnrolmentCode_NamesTheAddressThatIsOpen()
    {
        var seal = await NewSealAsync(89);
        var enrolment = await _court.Judge.PostAsync(OrderSamples.Path(seal) + "/enrolment", new { }, HttpStatusCode.OK);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\\.[0-9a-f]{32}$", enrolment.Text("code"));
        Assert.Matches("^https://127\\.0\\.0\\.1:[1-9][0-9]*$", enrolment.Text("uplink"));
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", enrolment.Text("expires"));
    }

    private async Task<string> NewSealAsync(int number) => (await _court.Judge.PostAsync(
        "/api/seals", OrderSamples.Draft().With("caseNumber", $"(2026)京0108执{number}号"), HttpStatusCode.Created)).Text("sealNumber");

    public sealed class Court : IAsyncLifetime
    {
        public const int RulingBytesMax = 64 * 1024;

        internal RunningStation Station { get; private set; } = null!;

        internal HttpClient Judge { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Station = await RunningStation.StartAsync(("Orders:RulingBytesMax", $"{RulingBytesMax}"));
            Judge = await Station.SignInAsync("judge", ["judge"]);
        }

        public async ValueTask DisposeAsync()
        {
            Judge.Dispose();
            await Station.DisposeAsync();
        }
    }
}
