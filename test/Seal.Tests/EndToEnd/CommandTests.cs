using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class CommandTests
{
    [Fact]
    public async Task EveryCommand_IsAnswered_AndOnlyGenuineOnesAreObeyed()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        seal.Cut();
        await station.WaitForAsync("siren.on");

        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var genuine = court.Command("command.siren_off", TestSeal.Device, TestSeal.Number, ("officer", CborValue.Text("li")));
        var forged = court.Sign("command.disarm", TestSeal.Number, genuine.Body, stranger);
        Assert.Equal(("refused", "KeyMismatch"), await AskAsync(station, forged));
        Assert.Equal(("refused", "expired"), await AskAsync(station, court.Sign("command.disarm", TestSeal.Number, Window(-60, -30))));
        Assert.Equal(
            ("refused", "addressed to another seal"), await AskAsync(station, court.Command("command.disarm", "d-2", TestSeal.Number)));
        Assert.DoesNotContain(station.Statements, s => s.Kind is "siren.off" or "disarmed");

        Assert.Equal(("done", ""), await AskAsync(station, genuine));
        await station.WaitForAsync("siren.off");
        await TestStation.WaitAsync(() => station.Heartbeats.Last().State["backlog"].AsInteger() == 0, "the answer acknowledged");
        await station.SendCommandAsync(genuine.Bytes);
        await station.WaitForAsync("command.answered", answer => answer.Body["reason"].AsText() == "seen before");

        Assert.Equal(("cannot", "no camera"), await AskAsync(station, court.Command("command.pictures", TestSeal.Device, TestSeal.Number)));
        var (result, reason) = await AskAsync(station, court.Sign("settings", TestSeal.Number, CborValue.Map(
            ("device", CborValue.Text(TestSeal.Device)), ("version", CborValue.Integer(2)), ("siren_cap_s", CborValue.Integer(5)))));
        Assert.Equal("refused", result);
        Assert.Contains("siren_cap_s", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrantedOpening_IsSilent_AndTheEndOfTheLegalBasisStopsTheSiren()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        var grant = court.Command("grant.opening", TestSeal.Device, TestSeal.Number, ("officer", CborValue.Text("li")));
        Assert.Equal(("done", ""), await AskAsync(station, grant));
        seal.Edge(TestSeal.Door, active: true);
        var opened = await station.WaitForAsync("open.start");
        Assert.Equal(grant.Hash, opened.Body["grant"].AsDigest());
        Assert.Equal(0, (await station.WaitForAsync("door.open")).Body["level"].AsInteger());
        Assert.Equal(("refused", "authorised opening"), await AskAsync(
            station, court.Command("command.speak", TestSeal.Device, TestSeal.Number, ("stage", CborValue.Integer(3)))));
        Assert.False(seal.IsSounding);

        await AskAsync(station, court.Command("command.disarm", TestSeal.Device, TestSeal.Number));
        await AskAsync(station, court.Command("command.arm", TestSeal.Device, TestSeal.Number, ("reason", CborValue.Text("again"))));
        seal.Cut();
        await station.WaitForAsync("siren.on");
        var yesterday = CborValue.Integer(DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds());
        Assert.Equal(("done", ""), await AskAsync(station, court.Sign("settings", TestSeal.Number, CborValue.Map(
            ("device", CborValue.Text(TestSeal.Device)), ("version", CborValue.Integer(2)), ("legal_until", yesterday)))));
        Assert.Equal("no legal basis", (await station.WaitForAsync("siren.off")).Body["reason"].AsText());
        await station.WaitForAsync("settings.applied", s => s.Body["version"].AsInteger() == 2);
    }

    [Fact]
    public async Task CommandSentAgainBeforeItsAnswerArrived_IsAnsweredOnce()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        station.Answer = _ => null;
        var command = court.Command("command.siren_off", TestSeal.Device, TestSeal.Number);
        await AskAsync(station, command);
        await station.SendCommandAsync(command.Bytes);
        await AskAsync(station, court.Command("command.siren_off", TestSeal.Device, TestSeal.Number, ("by", CborValue.Text("li"))));
        Assert.Single(station.Statements, s => s.Kind == "command.answered" && s.Body["command"].AsDigest() == command.Hash);
    }

    private static async Task<(string Result, string Reason)> AskAsync(TestStation station, Statement command)
    {
        await station.SendCommandAsync(command.Bytes);
        var answer = await station.WaitForAsync("command.answered", a => a.Body["command"].AsDigest() == command.Hash);
        return (answer.Body["result"].AsText(), answer.Body["reason"].AsText());
    }

    private static CborValue Window(int fromMinutes, int untilMinutes) => CborValue.Map(
        ("device", CborValue.Text(TestSeal.Device)),
        ("not_before", CborValue.Integer(DateTimeOffset.UtcNow.AddMinutes(fromMinutes).ToUnixTimeMilliseconds())),
        ("not_after", CborValue.Integer(DateTimeOffset.UtcNow.AddMinutes(untilMinutes).ToUnixTimeMilliseconds())));
}
