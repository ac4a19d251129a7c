using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class VoiceTests
{
    [Fact]
    public async Task SomebodyComingNear_IsGreetedByDay_AndNotedInSilenceAtNight()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await seal.WaitForLineAsync("voice prepared");
        seal.Edge(TestSeal.Approach, active: true, type: 5);
        var approach = await station.WaitForAsync("approach.person");
        var voice = await station.WaitForAsync("voice.played");
        Assert.Equal(0, approach.Body["level"].AsInteger());
        Assert.Equal((1L, approach.Hash, 100L), (voice.Body["stage"].AsInteger(), voice.Body["trigger"].AsDigest(), voice.Body["loudness"].AsInteger()));

        // A night that is all day but for one minute that is not now.
        var past = (DateTimeOffset.UtcNow.TimeOfDay.TotalMinutes + 720) % 1440;
        await SendAsync(station, court, 2, ("utc_offset_min", CborValue.Integer(0)),
            ("night_from_min", CborValue.Integer(((long)past + 1) % 1440)), ("night_until_min", CborValue.Integer((long)past)),
            ("night_siren_percent", CborValue.Integer(20)));
        seal.Cut();
        var cut = await station.WaitForAsync("strip.cut");
        var siren = await station.WaitForAsync("siren.on");
        var warning = await station.WaitForAsync("voice.played", played => played.Body["stage"].AsInteger() == 3);
        Assert.Equal(20, siren.Body["loudness"].AsInteger());
        Assert.Equal((20L, cut.Hash), (warning.Body["loudness"].AsInteger(), warning.Body["trigger"].AsDigest()));
    }

    [Fact]
    public async Task SettingsWithLanguages_AreSpokenInThem_AlsoAfterARestart_AndUnknownOnesRefused()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        var french = await SendAsync(station, court, 2, ("languages", CborValue.Array(CborValue.Text("fr"))));
        Assert.Equal(("refused", "languages: fr is not spoken here, only en zh"), (french.Body["result"].AsText(), french.Body["reason"].AsText()));
        var both = await SendAsync(station, court, 2, ("languages", CborValue.Array(CborValue.Text("zh"), CborValue.Text("en"))));
        Assert.Equal("done", both.Body["result"].AsText());
        await seal.WaitForLineAsync("languages=\"zh en\"");
        await seal.StopAsync();

        await seal.StartAsync();
        await seal.WaitForLineAsync("languages=\"zh en\"");
        Assert.DoesNotContain(seal.Lines, line => line.Contains("languages=\"en\"", StringComparison.Ordinal));
        seal.Cut();
        var played = await station.WaitForAsync("voice.played");
        Assert.Equal("zh", played.Body["language"].AsText());
    }

    private static async Task<Statement> SendAsync(TestStation station, TestCourt court, long version, params (string Key, CborValue? Value)[] more)
    {
        var end = CborValue.Integer(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds());
        var settings = court.Sign("settings", TestSeal.Number, CborValue.Map(
            [("device", CborValue.Text(TestSeal.Device)), ("version", CborValue.Integer(version)), ("legal_until", end), .. more]));
        await station.SendCommandAsync(settings.Bytes);
        return await station.WaitForAsync("command.answered", answer => answer.Body["command"].AsDigest() == settings.Hash);
    }
}
