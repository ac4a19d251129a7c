using System.Net;
using System.Text.Json.Nodes;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Shared;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Orders;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Tests.Orders;

public sealed class SealLifeTests
{
    [Fact]
    public async Task WholeLife_IsOrderedMountedArmedLiftedAndRemoved()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        using (door)
        {
            var armed = await judge.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
            Assert.Equal("armed", armed.Text("legalState"));
            Assert.Equal("silent", armed.Text("deviceState"));
            Assert.Equal(OrderSamples.CaseNumber, armed.Text("caseNumber"));
            Assert.Equal(420, armed["frame"]!["foldedWidthMm"]!.GetValue<int>());
            Assert.Equal(1, armed["settingsVersion"]!.GetValue<int>());
            Assert.Equal(["command.arm", "settings"], armed["commands"]!.AsArray().Select(c => c!.Text("kind")));
            Assert.Contains(armed["history"]!.AsArray(), h => h!.Text("kind") == "order.armed" && h!["text"]!.Text("zh") == "封条已布防");

            await door.BeatAsync();
            Eventually.Holds(() => station.Services.GetRequiredService<SealViews>().Card(seal)!.DeviceState == DeviceState.Online, "the heartbeat is seen");
            var lifted = await judge.PostAsync(OrderSamples.Path(seal) + "/lift", new { reason = "义务履行完毕" }, HttpStatusCode.OK);
            Assert.Equal("lifted", lifted.Text("legalState"));
            Assert.Equal("command.disarm", lifted["commands"]![0]!.Text("kind"));
            Assert.Equal("removed", (await judge.PostAsync(OrderSamples.Path(seal) + "/remove", new { reason = "拆除" }, HttpStatusCode.OK)).Text("legalState"));
        }
    }

    [Fact]
    public async Task LegalEnd_IsToldToTheSealInSettingsAndInTheArmCommand()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        door.Dispose();
        var end = Registry.LegalTime.EndOf(OrderSamples.Today.AddYears(1)).ToUnixTimeMilliseconds();
        var commands = (await judge.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK))["commands"]!.AsArray();
        foreach (var command in commands)
        {
            var entry = await judge.GetAsync($"/api/log/statements/{command!.Text("hash")}", HttpStatusCode.OK);
            Assert.Contains($"\"legal_until\": {end}", entry.Text("body"), StringComparison.Ordinal);
            Assert.Contains("\"device\": \"CNB-0001\"", entry.Text("body"), StringComparison.Ordinal);
            Assert.Equal("court:京0108", entry.Text("issuer"));
        }
    }

    [Fact]
    public async Task SecondStep_IsRefusedAsConflict()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        door.Dispose();
        await judge.PostAsync(OrderSamples.Path(seal) + "/arm", new { reason = "再次" }, HttpStatusCode.Conflict);
        await judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = "CNB-0001", frame = OrderSamples.Frame("CNB-0001") }, HttpStatusCode.Conflict);
        await judge.PostAsync(OrderSamples.Path(seal) + "/enrolment", new { }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task LastDayThatHasPassed_LapsesTheSealAndTellsTheDeviceToRest()
    {
        await using var station = await RunningStation.StartAsync(("Orders:SweepEvery", "00:00:00.100"));
        using var judge = await station.SignInAsync("judge", ["judge"]);

        // An order of two years ago, as its station of that time wrote it.
        var writer = station.Services.GetRequiredService<FactWriter>();
        const string seal = "FT-京0108-2024-000001-X";
        await writer.Court("order.issued", seal, CborValue.Map(
            ("case", CborValue.Text(OrderSamples.CaseNumber)), ("category", CborValue.Text("deposit")),
            ("from", CborValue.Text("2024-01-05")), ("until", CborValue.Text("2025-01-05")))).Sequencing;
        using var door = await DoorDevice.EnrolAsync(station.Services, "CNB-0002", seal);
        await writer.Court("command.arm", seal, CborValue.Map(("device", CborValue.Text(door.Id)), ("not_after", CborValue.Integer(1)))).Sequencing;

        var board = station.Services.GetRequiredService<SealBoard>();
        Eventually.Holds(() => board.Seal(seal)?.Posture?.Kind == "command.disarm", "the seal lapsed and was told to rest");
        Assert.Equal(Registry.States.LegalState.Lapsed, board.Seal(seal)!.Legal);

        // The board hears of facts before they are sequenced; the log keeps the order in which they were stated.
        await writer.Station("heartbeat.back", seal, CborValue.Map(("device", CborValue.Text(door.Id)))).Sequencing;
        var kinds = await RunningStation.KindsAsync(judge);
        Assert.Single(kinds, "order.lapsed");
        await judge.PostAsync(OrderSamples.Path(seal) + "/arm", new { reason = "继续" }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task UnansweredPostureWhoseWindowPassed_IsOrderedAgain()
    {
        await using var station = await RunningStation.StartAsync(("Orders:PostureWindow", "00:01:00"));
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        using (door)
        {
            var commands = station.Services.GetRequiredService<SealCommands>();
            var board = station.Services.GetRequiredService<SealBoard>();
            var first = board.Seal(seal)!.Posture!;
            commands.KeepPosture(seal);
            Assert.Equal(first, board.Seal(seal)!.Posture);

            await door.StateAsync("command.answered", CborValue.Map(
                ("command", CborValue.Bytes(Convert.FromHexString(first.Hash))), ("result", CborValue.Text("done"))));
            Eventually.Holds(() => board.Seal(seal)!.Posture!.Answered, "the answer is seen");
            Assert.Equal("done", (await judge.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK))["commands"]![0]!.Text("result"));
        }
    }

    [Fact]
    public async Task NightConfiguredAnew_IsToldToASealOnWatch_Once()
    {
        var first = await RunningStation.StartAsync();
        var data = first.Data;
        string seal;
        using (var judge = await first.SignInAsync("judge", ["judge"]))
        {
            (seal, var door) = await OrderSamples.ArmAsync(first, judge);
            door.Dispose();
        }

        await first.DisposeAsync(keep: true);
        await using var second = await RunningStation.StartAsync(data, owned: true, ("Orders:NightFrom", "23:30"), ("Orders:VoiceLanguages", "en"),
            ("Orders:Thresholds:impact_threshold_mm_s2", "9000"));
        var (board, commands) = (second.Services.GetRequiredService<SealBoard>(), second.Services.GetRequiredService<SealCommands>());
        Eventually.Holds(() => board.Seal(seal)?.Posture is not null, "the follower has caught up");
        commands.KeepPosture(seal);
        commands.KeepPosture(seal);
        Assert.Equal(["settings", "command.arm", "settings"], board.Seal(seal)!.Commands.Select(c => c.Kind));
        Assert.Equal(2, board.Seal(seal)!.SettingsVersion);

        Eventually.Holds(() => !board.Unsequenced(seal).Any(), "the settings are in the log");
        using var again = await second.SignInAsync("judge2", ["judge"]);
        var entry = await again.GetAsync($"/api/log/statements/{board.Seal(seal)!.Commands[^1].Hash}", HttpStatusCode.OK);
        foreach (var line in (string[])["\"night_from_min\": 1410", "\"night_until_min\": 360", "\"utc_offset_min\": 480", "\"approach_quiet_s\": 60", "\"impact_threshold_mm_s2\": 9000", "\"en\""])
        {
            Assert.Contains(line, entry.Text("body"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\"zh\"", entry.Text("body"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("legal_until")]
    [InlineData("languages")]
    [InlineData("Impact")]
    public async Task ThresholdThatIsNone_IsRefusedAtTheStart(string name)
    {
        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(async () =>
        {
            await using var station = await RunningStation.StartAsync(($"Orders:Thresholds:{name}", "1"));
        });
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_KeepsTheBoardAndCountsTheSerialOn()
    {
        var first = await RunningStation.StartAsync();
        var data = first.Data;
        string seal;
        JsonNode before;
        using (var judge = await first.SignInAsync("judge", ["judge"]))
        {
            (seal, var door) = await OrderSamples.ArmAsync(first, judge);
            door.Dispose();
            before = await judge.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
        }

        await first.DisposeAsync(keep: true);
        await using var second = await RunningStation.StartAsync(data, owned: true);
        using var again = await second.SignInAsync("judge2", ["judge"]);
        Eventually.Holds(() => second.Services.GetRequiredService<SealBoard>().Seal(seal)?.Posture is not null, "the follower has caught up");
        var after = await again.GetAsync(OrderSamples.Path(seal), HttpStatusCode.OK);
        foreach (var key in new[] { "legalState", "caseNumber", "frame", "settingsVersion", "parties", "ruling", "until" })
        {
            Assert.Equal(before[key]!.ToJsonString(), after[key]!.ToJsonString());
        }

        var next = await again.PostAsync("/api/seals", OrderSamples.Draft().With("caseNumber", "(2026)京0108执99号"), HttpStatusCode.Created);
        Assert.Contains("-000002-", next.Text("sealNumber"), StringComparison.Ordinal);
    }
}
