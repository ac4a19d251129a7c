using System.Net;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>Design 2.12: no personal data in a leaf.</summary>
public sealed class PrivateRecordTests
{
    [Fact]
    public async Task AlarmFromOrderToAnswer_LeavesNothingPrivateInAnyLeaf()
    {
        await using var phones = await TextPhones.StartAsync();
        await using var station = await PrivateCase.StartAsync(phones);
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await PrivateCase.PlayAsync(station, phones, judge);

        var leaves = PrivateCase.Leaves(station);
        Assert.Superset(
            new HashSet<string>(["order.issued", "order.installed", "order.armed", "strip.cut", "incident.opened", "warning.attempt", "warning.result", "incident.acknowledged"]),
            leaves.Select(l => l.Kind).ToHashSet());
        foreach (var secret in (string[])[.. PrivateCase.People, .. PrivateCase.Place, "13800000009"])
        {
            Assert.DoesNotContain(leaves, l => PrivateCase.Holds(l.Bytes.Span, secret));
        }
    }

    [Fact]
    public async Task OrdersStatement_CommitsToTheWholeRecordAndToThePropertyAlone()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var seal = (await judge.PostAsync("/api/seals", PrivateCase.Draft(), HttpStatusCode.Created)).Text("sealNumber");

        var issued = PrivateCase.Leaves(station).Single(l => l.Kind == "order.issued");
        Assert.Equal(["by", "case", "category", "commitment", "from", "until"], issued.Body.AsMap().Select(e => e.Key.AsText()).Order(StringComparer.Ordinal));
        var record = station.Services.GetRequiredService<PrivateRecords>().Of(seal)!;
        Assert.Equal(Digest.Of(record.Bytes.Span), issued.Body["commitment"].AsDigest());
        Assert.Equal(("application/cbor", Digest.Of(record.PropertyOpening.Span)), (issued.Data!.ContentType, issued.Data.Digest));
        Assert.Equal(PrivateCase.Address, CborValue.Decode(record.PropertyOpening.Span)["address"].AsText());
    }

    [Fact]
    public void SameDoorTwice_HasCommitmentsThatDoNotTell()
    {
        var door = new SealProperty(PrivateCase.Address, "", null, null);
        var (one, other) = (PrivateRecord.Create(door, []), PrivateRecord.Create(door, []));
        Assert.NotEqual(one.Commitment, other.Commitment);
        Assert.NotEqual(one.PropertyCommitment, other.PropertyCommitment);
    }

    [Fact]
    public async Task Pack_OpensThePropertyAndKeepsThePeople_UntilTheRecordIsErased()
    {
        await using var phones = await TextPhones.StartAsync();
        await using var station = await PrivateCase.StartAsync(phones);
        using var admin = await station.SignInAsync("root", ["administrator"]);
        var (seal, incident) = await PrivateCase.PlayAsync(station, phones, admin);

        var pack = await ExportAsync(station, admin, incident);
        Assert.DoesNotContain(pack.Report.Findings, f => f.Code == PackFindingCode.DataNotIncluded);
        Assert.True(PrivateCase.Holds(pack.Bytes, PrivateCase.Address));
        Assert.DoesNotContain(PrivateCase.People, person => PrivateCase.Holds(pack.Bytes, person));

        await PrivateCase.EndAndEraseAsync(admin, seal);
        var later = await ExportAsync(station, admin, incident);
        Assert.Contains(later.Report.Findings, f => f.Code == PackFindingCode.DataNotIncluded);
        Assert.DoesNotContain((string[])[.. PrivateCase.People, .. PrivateCase.Place], secret => PrivateCase.Holds(later.Bytes, secret));
    }

    [Theory]
    [InlineData("当事人张债务已履行")]
    [InlineData("电话 139 0000 0003 联系过")]
    [InlineData("见 Wang@Example.org 来信")]
    [InlineData("北京市朝阳区永安东里8号1201室已腾空")]
    public async Task TextThatTellsTheRecord_IsRefusedBeforeItReachesTheLog(string text)
    {
        await using var station = await RunningStation.StartAsync();
        using var admin = await station.SignInAsync("root", ["administrator"]);
        var (seal, door) = await PrivateCase.ArmAsync(station, admin);
        door.Dispose();
        var now = DateTimeOffset.UtcNow;
        var (path, until) = (OrderSamples.Path(seal), now.AddHours(1));
        await admin.PostAsync(path + "/lift", new { reason = text }, HttpStatusCode.BadRequest);
        await admin.PostAsync(path + "/grants", new { from = now, until, officer = "zhao", reason = text }, HttpStatusCode.BadRequest);
        await admin.PostAsync(path + "/grants", new { from = now, until, officer = text, reason = "看样" }, HttpStatusCode.BadRequest);
        await admin.PostAsync(path + "/commands", new { kind = "speak", text }, HttpStatusCode.BadRequest);
        var incident = await RaiseAsync(station, seal);
        await admin.PostAsync($"/api/incidents/{incident}/close", new { outcome = "falseAlarm", note = text }, HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain(PrivateCase.Leaves(station), l => PrivateCase.Holds(l.Bytes.Span, text));
    }

    private static async Task<string> RaiseAsync(RunningStation station, string seal)
    {
        await station.Services.GetRequiredService<FactWriter>().Station("counter.gap", seal, CborValue.Map(("device", CborValue.Text("CNB-0001")))).Sequencing;
        var board = station.Services.GetRequiredService<SealBoard>();
        Eventually.Holds(() => board.Look(seal)?.Incident is not null, "the incident is opened");
        return board.Look(seal)!.Value.Incident!.Id;
    }

    private static async Task<(byte[] Bytes, PackReport Report)> ExportAsync(RunningStation station, HttpClient admin, string incident)
    {
        using var answer = await admin.GetAsync($"/api/incidents/{incident}/pack", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(CourtGenesis.TryRead(PrivateCase.Leaves(station)[0], out var court, out var detail), detail);
        var report = PackVerifier.Verify(new MemoryStream(bytes), CourtRoster.Of(court));
        Assert.True(report.IsValid, $"{report.Verdict}: {report.Detail}");
        return (bytes, report);
    }
}
