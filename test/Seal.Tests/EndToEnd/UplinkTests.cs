using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class UplinkTests
{
    [Fact]
    public async Task StationThatNeverAcknowledges_GetsEverythingAgainAfterTheBreak()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        station.Answer = _ => null;
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        var first = station.Received.Select(m => m.Sequence).ToArray();
        station.Drop();
        await TestStation.WaitAsync(() => station.Received.Count(m => m.Sequence == first[^1]) >= 2, "the second sending");
        Assert.Equal(first.Order(), first);
    }

    [Fact]
    public async Task RefusedStatement_IsNotSentAgain_AndTheRestGoesOn()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        station.Answer = m => m.Sequence == 1 ? new NakMessage(1, (long)StatementVerdict.KeyMismatch, "no", 0) : TestStation.Acknowledge(m);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await TestStation.WaitAsync(() => station.Heartbeats.LastOrDefault()?.State["backlog"].AsInteger() == 0, "an empty backlog");
        var before = station.Hellos.Count;
        station.Drop();
        await TestStation.WaitAsync(() => station.Hellos.Count >= before + 2, "both lanes again");
        Assert.Single(station.Received, m => m.Sequence == 1);
    }

    [Fact]
    public async Task StationThatCannotNow_GetsItLater()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        var refusals = 0;
        station.Answer = m => m.Sequence == 1 && refusals++ == 0 ? new CannotMessage(1, "busy", 50) : TestStation.Acknowledge(m);
        await seal.StartAsync();
        await TestStation.WaitAsync(() => station.Acked >= 1, "the second try");
        Assert.Equal(2, station.Received.Count(m => m.Sequence == 1));
    }

    [Fact]
    public async Task SilentStation_IsAbandonedAndCalledAgain()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        station.Beats = false;
        await seal.StartAsync();
        await seal.WaitForLineAsync("silent for 3 s, abandoned");
        await TestStation.WaitAsync(() => station.Hellos.Count >= 4, "both lanes twice");
    }

    [Fact]
    public async Task ServerOfAnotherCourt_IsNotTalkedTo()
    {
        using var court = new TestCourt();
        using var other = new TestCourt();
        await using var seal = new TestSeal();
        int port;
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            port = station.Port;
            await seal.EnrolAsync(station, court);
        }

        await using var impostor = await TestStation.StartAsync(court, TestSeal.Number, port, other.ServerCertificate());
        await seal.StartAsync();
        await seal.WaitForLineAsync("lane=statements reconnect");
        Assert.Empty(impostor.Hellos);
    }

    [Fact]
    public async Task ServerWithAnotherName_IsNotTalkedTo()
    {
        using var court = new TestCourt();
        await using var seal = new TestSeal();
        int port;
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            port = station.Port;
            await seal.EnrolAsync(station, court);
        }

        await using var misnamed = await TestStation.StartAsync(court, TestSeal.Number, port, court.ServerCertificate("elsewhere.example"));
        await seal.StartAsync();
        await seal.WaitForLineAsync("lane=statements reconnect");
        Assert.Empty(misnamed.Hellos);
    }

    [Fact]
    public async Task Enrolment_RefusesWhatItMust()
    {
        using var court = new TestCourt();
        using var other = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        seal.Configure(station.Address);
        Assert.Contains("keys", (await seal.RunAsync()).Error, StringComparison.Ordinal);
        Assert.Contains("32 hex digits", (await seal.RunAsync("--enrol", station.OneTimeCode)).Error, StringComparison.Ordinal);
        Assert.Contains("not the court", (await seal.RunAsync("--enrol", other.FullCode(station.OneTimeCode))).Error, StringComparison.Ordinal);
        Assert.Contains("does not know this code", (await seal.RunAsync("--enrol", court.FullCode("AAAA-AAAA-AAAA"))).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(seal.PinnedFolder) && Directory.GetFiles(seal.PinnedFolder).Length > 0);
        Assert.Equal(0, (await seal.RunAsync("--enrol", court.FullCode(station.OneTimeCode))).Code);
        Assert.Contains("already", (await seal.RunAsync("--enrol", court.FullCode(station.OneTimeCode))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_TellsEveryErrorAtOnce()
    {
        await using var seal = new TestSeal();
        File.WriteAllText(Path.Combine(seal.Folder, "seal.json"), """
            { "device": "", "seal": "S-1", "station": "nowhere", "camera": { "source": "x", "width": 3 }, "recordSeconds": 1 }
            """);
        var (code, _, error) = await seal.RunAsync();
        Assert.Equal(1, code);
        foreach (var word in (string[])["device", "station", "Width", "recordSeconds"])
        {
            Assert.Contains(word, error, StringComparison.Ordinal);
        }
    }
}
