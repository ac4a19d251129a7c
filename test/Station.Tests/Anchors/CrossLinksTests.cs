using Cinnabar.Evidence;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Anchors;

public sealed class CrossLinksTests
{
    private readonly Dictionary<string, OtherLog> _others = [];

    [Fact]
    public async Task NewFinalHeads_AreStatedOnce_AndAgainOnlyWhenOneGrew()
    {
        await using var station = await TestStation.StartAsync();
        var links = LinksOf(station);
        Assert.Null(await links.StateAsync());
        Put("京0105", "log.chaoyang.example/2026", 7);
        Put("苏0104", "log.qinhuai.example/2026", 3);
        _others["none yet"] = new OtherLog("湘0102", "log.furong.example/2026", null);

        var fact = (await links.StateAsync())!.Statement;
        Assert.Equal("log.seen", fact.Kind);
        Assert.Equal("station:京0108", fact.Issuer);
        var logs = fact.Body["logs"].AsArray();
        Assert.Equal(["log.chaoyang.example/2026", "log.qinhuai.example/2026"], logs.Select(l => l.AsArray()[0].AsText()));
        var first = logs[0].AsArray();
        Assert.Equal(7, first[1].AsInteger());
        Assert.Equal(Digest.Of([7]).ToArray(), first[2].AsBytes().ToArray());
        Assert.Equal(Digest.Of("note 7"u8).ToArray(), first[3].AsBytes().ToArray());

        Assert.Null(await links.StateAsync());
        Put("京0105", "log.chaoyang.example/2026", 9);
        var grown = Assert.Single((await links.StateAsync())!.Statement.Body["logs"].AsArray());
        Assert.Equal(9, grown.AsArray()[1].AsInteger());
    }

    [Fact]
    public async Task WhatWasStated_IsRememberedOverARestart()
    {
        await using var station = await TestStation.StartAsync();
        Put("京0105", "log.chaoyang.example/2026", 7);
        Assert.NotNull(await LinksOf(station).StateAsync());
        await station.RestartAsync();
        Assert.Null(await LinksOf(station).StateAsync());
    }

    [Fact]
    public async Task CourtThatStandsAlone_StatesNothing()
    {
        await using var station = await TestStation.StartAsync();
        Assert.Null(await station.Services.GetRequiredService<CrossLinks>().StateAsync());
    }

    private CrossLinks LinksOf(TestStation station) => new(
        () => [.. _others.Values], station.Writer, station.Services.GetRequiredService<StationDatabase>(), TestCourt.Identity);

    private void Put(string code, string origin, byte size) =>
        _others[origin] = new OtherLog(code, origin, new FinalHead(size, Digest.Of([size]), System.Text.Encoding.UTF8.GetBytes($"note {size}"), null));
}
