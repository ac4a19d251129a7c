using System.Net;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Registry.States;
using Cinnabar.Shared;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>What erasing a private record leaves, and what it does not.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task ErasedRecord_IsShownAsErased_AndAlarmsGoOnWithTheCaseNumber()
    {
        await using var phones = await TextPhones.StartAsync();
        await using var station = await PrivateCase.StartAsync(phones);
        using var admin = await station.SignInAsync("root", ["administrator"]);
        var (seal, door) = await PrivateCase.ArmAsync(station, admin);
        using (door)
        {
            using var early = await admin.DeleteAsync(OrderSamples.Path(seal) + "/private-record", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
            Assert.Equal(PrivateCase.Address, (await admin.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK)).Text("address"));

            await PrivateCase.EndAndEraseAsync(admin, seal);
            var detail = await admin.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
            Assert.Equal(("", "", 0), (detail.Text("address"), detail.Text("description"), detail["parties"]!.AsArray().Count));
            Assert.Contains(detail["history"]!.AsArray(), h => h!.Text("kind") == "order.erased");
            using var again = await admin.DeleteAsync(OrderSamples.Path(seal) + "/private-record", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

            await door.StateAsync("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
            var text = await phones.NextAsync(PrivateCase.DeskPhone);
            Assert.StartsWith($"【电子封条】{OrderSamples.CaseNumber}:封条被剪断或撕开", text, StringComparison.Ordinal);
            var card = (await admin.GetAsync("/api/incidents?open=true", HttpStatusCode.OK)).AsArray().Single()!;
            Assert.Equal((OrderSamples.CaseNumber, ""), (card.Text("caseNumber"), card.Text("address")));
            var link = await station.Browser().GetAsync(PrivateCase.ApiOf(text), HttpStatusCode.OK);
            Assert.Equal((OrderSamples.CaseNumber, ""), (link.Text("caseNumber"), link.Text("address")));
        }
    }

    [Fact]
    public async Task ErasedRecord_IsInNoFileOfTheStation()
    {
        await using var phones = await TextPhones.StartAsync();
        var first = await PrivateCase.StartAsync(phones);
        var data = first.Data;
        string seal;
        using (var judge = await first.SignInAsync("judge", ["judge"]))
        {
            (seal, var incident) = await PrivateCase.PlayAsync(first, phones, judge);
            await judge.PostAsync($"/api/incidents/{incident}/close", new { outcome = "attended" }, HttpStatusCode.OK);
        }

        // A file of a running SQLite is not opened beside it: closing it would take away its locks.
        await first.DisposeAsync(keep: true);
        Assert.All([PrivateCase.Address, "13900000001"], secret => Assert.NotEmpty(PrivateCase.FilesThatHold(data, secret)));

        var second = await PrivateCase.StartAsync(phones, data);
        using (var admin = await second.SignInAsync("root", ["administrator"]))
        {
            var board = second.Services.GetRequiredService<SealBoard>();
            Eventually.Holds(() => board.Seal(seal)?.Legal == LegalState.Armed, "the board has caught up");
            await PrivateCase.EndAndEraseAsync(admin, seal);
            var alarms = second.Services.GetRequiredService<AlarmsStore>();
            Eventually.Holds(
                () => alarms.Incidents(openOnly: false, 10).SelectMany(i => alarms.Warnings(i.Id)).All(w => w.Address is "" or PrivateCase.DeskPhone),
                "the outbox has forgotten the people");
        }

        await second.DisposeAsync(keep: true);
        foreach (var secret in (string[])[.. PrivateCase.People, .. PrivateCase.Place])
        {
            Assert.Empty(PrivateCase.FilesThatHold(data, secret));
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task RecordThatACrashLeftWithoutItsOrder_IsErasedAtTheNextStart()
    {
        var first = await RunningStation.StartAsync();
        string seal;
        const string orphan = "FT-京0108-2026-000077-X";
        using (var judge = await first.SignInAsync("judge", ["judge"]))
        {
            seal = (await judge.PostAsync("/api/seals", PrivateCase.Draft(), HttpStatusCode.Created)).Text("sealNumber");
            first.Services.GetRequiredService<PrivateRecords>().Keep(orphan, PrivateRecord.Create(new SealProperty("孤立路1号", "", null, null), []));
        }

        await first.DisposeAsync(keep: true);
        await using var second = await RunningStation.StartAsync(first.Data, owned: true);
        var records = second.Services.GetRequiredService<PrivateRecords>();
        Eventually.Holds(() => records.Of(orphan) is null, "the orphan is erased");
        Assert.Equal(PrivateCase.Address, records.Of(seal)!.Property.Address);
    }

    [Fact]
    public async Task RecordWhoseOrderStillWaitsForTheLog_IsKept()
    {
        var first = await RunningStation.StartAsync();
        const string seal = "FT-京0108-2026-000078-X";
        const string orphan = "FT-京0108-2026-000079-X";
        var records = first.Services.GetRequiredService<PrivateRecords>();
        records.Keep(seal, PrivateRecord.Create(new SealProperty(PrivateCase.Address, "", null, null), []));
        records.Keep(orphan, PrivateRecord.Create(new SealProperty("孤立路1号", "", null, null), []));
        first.Services.GetRequiredService<UnsequencedFacts>().Keep(new StatementDraft
        {
            Issuer = "court:京0108", Subject = seal, Kind = "order.issued", TimeMs = 1, Body = CborValue.Map(("case", CborValue.Text(OrderSamples.CaseNumber))),
        }.Sign(first.Services.GetRequiredService<StationKeys>().Court));

        await first.DisposeAsync(keep: true);
        await using var second = await RunningStation.StartAsync(first.Data, owned: true);
        records = second.Services.GetRequiredService<PrivateRecords>();
        Eventually.Holds(() => records.Of(orphan) is null, "the records without an order are erased");
        Assert.Equal(PrivateCase.Address, records.Of(seal)!.Property.Address);
    }
}
