using System.Net;
using System.Text.Json.Nodes;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Console;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Tests.Anchors;

/// <summary>Anchors of a station that stands alone; and that no engine, whatever it does, is felt by who states something.</summary>
public sealed class AnchorKeeperTests
{
    [Fact]
    public async Task Fact_BecomesFinalAndAnchored_AndStaysSoAfterARestart()
    {
        await using var station = await TestStation.StartAsync(AnchoredStation.Quick);
        var hash = await station.StateAsync();
        station.UntilAnchored();
        var anchors = await station.AnchorsAsync();
        Assert.Equal("sqlite", anchors["engine"]!.Text("name"));
        Assert.Equal("good", anchors["engine"]!.Text("state"));
        Assert.StartsWith("sqlite:", anchors["engine"]!.Text("identity"), StringComparison.Ordinal);
        var block = anchors["chain"]!["blocks"]!.AsArray()[^1]!;
        Assert.Equal("京0108", block.Text("code"));
        Assert.Equal(2, block["size"]!.GetValue<long>());
        Assert.True(block["isOwn"]!.GetValue<bool>());
        Assert.Equal(block["height"]!.GetValue<long>(), anchors["chain"]!["height"]!.GetValue<long>());
        Assert.Equal(2, anchors["own"]!["anchoredSize"]!.GetValue<long>());

        await station.RestartAsync();
        station.UntilAnchored();
        using var auditor = await station.BrowseAsync("auditor");
        var log = await auditor.Http.GetAsync("/api/log", HttpStatusCode.OK);
        Assert.True(log["states"]!["anchored"]!.GetValue<long>() >= 2);
        Assert.True(log["standsAlone"]!.GetValue<bool>());
        Assert.Equal("anchored", (await auditor.Http.GetAsync($"/api/log/statements/{hash}", HttpStatusCode.OK)).Text("state"));
    }

    [Fact]
    public async Task NoEngine_AnchorsNothing_AndFactsAreFinal()
    {
        await using var station = await TestStation.StartAsync(("Anchors:Engine", "none"));
        var hash = await station.StateAsync();
        var anchors = await station.AnchorsAsync();
        Assert.Equal("none", anchors["engine"]!.Text("state"));
        Assert.Empty(anchors["chain"]!["blocks"]!.AsArray());
        using var auditor = await station.BrowseAsync("auditor");
        Assert.Equal("final", (await auditor.Http.GetAsync($"/api/log/statements/{hash}", HttpStatusCode.OK)).Text("state"));
        Assert.DoesNotContain(station.Health.Parts, p => p.Part == AnchorKeeper.Part);
    }

    [Fact]
    public async Task DeadEngine_IsKnownAndNotFelt()
    {
        await using var station = await TestStation.StartAsync(
            ("Anchors:Engine", "etcd"), ("Anchors:Etcd:Endpoints:0", "https://127.0.0.1:1"), ("Anchors:Etcd:Court", "haidian"), ("Anchors:Etcd:Courts:0", "haidian"));
        station.Until(AnchorEngineState.Unreachable);
        await station.StateAsync();
        Assert.Equal(HealthLevel.Degraded, station.Health.Worst);
        var anchors = await station.AnchorsAsync();
        Assert.Equal(1, anchors["own"]!["owed"]!.GetValue<int>());
        Assert.Contains("etcd", anchors["engine"]!["trouble"]!.Text("en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineThatLostRecords_IsSetAsideAndNotFelt_UntilAnAdministratorAdoptsIt()
    {
        await using var station = await TestStation.StartAsync(AnchoredStation.Quick);
        await station.StateAsync();
        station.UntilAnchored();
        Execute(Path.Combine(station.Data.FullName, "anchor-engine.db"), "DELETE FROM anchor WHERE position = (SELECT max(position) FROM anchor)");
        station.Until(AnchorEngineState.SetAside);
        await station.StateAsync();

        var anchors = await station.AnchorsAsync();
        var alarm = anchors["alarms"]!.AsArray()[0]!;
        Assert.Equal("wentBack", alarm.Text("kind"));
        Assert.True(alarm["setsAside"]!.GetValue<bool>());
        Assert.Equal(2, anchors["own"]!["anchoredSize"]!.GetValue<long>());
        await AdoptAsync(station, "officer", anchors["engine"]!.Text("answers"), HttpStatusCode.Forbidden);
        await AdoptAsync(station, "administrator", "sqlite:another", HttpStatusCode.Conflict);
        await AdoptAsync(station, "administrator", anchors["engine"]!.Text("answers"), HttpStatusCode.NoContent);

        station.UntilAnchored();
        station.Until(AnchorEngineState.Good);
        await AdoptAsync(station, "administrator", anchors["engine"]!.Text("answers"), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task WipedEngine_IsSetAside_AndWhatItHeldStaysInTheCourtsBook()
    {
        await using var station = await TestStation.StartAsync(AnchoredStation.Quick);
        await station.StateAsync();
        station.UntilAnchored();
        var before = (await station.AnchorsAsync())["chain"]!["blocks"]!.AsArray().Count;
        await station.StopAsync();
        foreach (var file in station.Data.GetFiles("anchor-engine.db*"))
        {
            file.Delete();
        }

        await station.StartAgainAsync();
        station.Until(AnchorEngineState.SetAside);
        var anchors = await station.AnchorsAsync();
        Assert.Equal("identityChanged", anchors["alarms"]!.AsArray()[0]!.Text("kind"));
        Assert.NotEqual(anchors["engine"]!.Text("identity"), anchors["engine"]!.Text("answers"));
        Assert.Equal(before, anchors["chain"]!["blocks"]!.AsArray().Count);
        await AdoptAsync(station, "administrator", anchors["engine"]!.Text("answers"), HttpStatusCode.NoContent);
        station.UntilAnchored();
    }

    [Fact]
    public async Task WipedEngine_IsAdoptedByItself_WhereThatIsConfigured()
    {
        await using var station = await TestStation.StartAsync([.. AnchoredStation.Quick, ("Anchors:AdoptWiped", "true")]);
        station.UntilAnchored();
        Execute(Path.Combine(station.Data.FullName, "anchor-engine.db"), "DELETE FROM anchor; UPDATE engine SET identity = 'sqlite:begun anew'");
        await station.StateAsync();
        station.UntilAnchored();
        station.Until(AnchorEngineState.Good);
        Assert.Equal("sqlite:begun anew", (await station.AnchorsAsync())["engine"]!.Text("identity"));
    }

    [Fact]
    public async Task BookThatCannotBeWritten_IsKnownAndNotFelt()
    {
        await using var station = await TestStation.StartAsync(AnchoredStation.Quick);
        station.UntilAnchored();
        await station.StopAsync();
        foreach (var file in station.Data.GetFiles("anchors.db*"))
        {
            file.Delete();
        }

        // A folder in its place: as a disk that takes nothing.
        station.Data.CreateSubdirectory("anchors.db");
        await station.StartAgainAsync();
        station.Until(AnchorEngineState.Unreachable);
        var hash = await station.StateAsync();
        using var auditor = await station.BrowseAsync("auditor");
        Assert.Equal("final", (await auditor.Http.GetAsync($"/api/log/statements/{hash}", HttpStatusCode.OK)).Text("state"));
        Assert.Contains("anchors.db", station.Health.Sentence(AnchorKeeper.Part), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LostBook_FollowsTheEngineAgain()
    {
        await using var station = await TestStation.StartAsync(AnchoredStation.Quick);
        await station.StateAsync();
        station.UntilAnchored();
        await station.StopAsync();
        foreach (var file in station.Data.GetFiles("anchors.db*"))
        {
            file.Delete();
        }

        await station.StartAgainAsync();
        station.UntilAnchored();
        station.Until(AnchorEngineState.Good);
    }

    [Theory]
    [InlineData("Anchors:Engine", "etcd", "Anchors:Etcd:Endpoints")]
    [InlineData("Anchors:Engine", "evm", "Anchors:Evm:Contract")]
    [InlineData("Anchors:JoinAt", "somewhere", "Anchors:JoinAt")]
    [InlineData("Anchors:Spacing", "00:00:00", "Spacing")]
    [InlineData("Timestamps:Url", "ftp://stamps.example", "Timestamps:Url")]
    public async Task OptionsThatCannotBe_AreRefusedAtTheStart(string key, string value, string named)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TestStation.StartAsync((key, value)));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static async Task AdoptAsync(TestStation station, string role, string identity, HttpStatusCode answer)
    {
        using var browser = await station.BrowseAsync(role);
        await browser.Http.PostAsync("/api/anchors/adopt", new JsonObject { ["identity"] = identity }, answer);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
