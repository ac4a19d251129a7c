using System.Net;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Console;

public sealed class LogEndpointsTests
{
    [Fact]
    public async Task Entry_CarriesStatementProofAndReceiptThatLeadToTheRoot()
    {
        await using var station = await RunningStation.StartAsync();
        using var auditor = await station.SignInAsync("auditor", ["auditor"]);
        using var judge = await station.SignInAsync("judge", ["judge"]);
        await OrderSamples.IssueAsync(judge);

        var log = await auditor.GetAsync("/api/log", HttpStatusCode.OK);
        Assert.Equal("ok", log.Text("health"));
        Assert.StartsWith("log.haidian.example/2026+", log.Text("logKey"), StringComparison.Ordinal);
        var entry = await auditor.GetAsync("/api/log/entries/1", HttpStatusCode.OK);
        var statement = Convert.FromBase64String(entry.Text("statement"));
        Assert.Equal(Digest.Of(statement).ToString(), entry.Text("hash"));
        Assert.Contains("\"case\": \"(2026)京0108执1234号\"", entry.Text("body"), StringComparison.Ordinal);
        var path = entry["proof"]!["path"]!.AsArray().Select(p => Digest.TryParseHex(p!.GetValue<string>(), out var d) ? d : default).ToArray();
        Assert.True(new InclusionProof(1, entry["proof"]!["treeSize"]!.GetValue<long>(), path).TryComputeRoot(TreeHash.OfLeaf(statement), out var root));
        Assert.Equal(log.Text("root"), root.ToString());

        var byHash = await auditor.GetAsync($"/api/log/statements/{entry.Text("hash")}", HttpStatusCode.OK);
        Assert.Equal(1, byHash["index"]!.GetValue<int>());
        using var receipt = await auditor.GetAsync($"/api/receipts/{entry.Text("hash")}?wait=true", TestContext.Current.CancellationToken);
        Assert.Equal("application/scitt-receipt+cose", receipt.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/log/entries/99")]
    [InlineData("/api/log/entries/-1")]
    [InlineData("/api/log/statements/zz")]
    [InlineData("/api/receipts/zz?wait=true")]
    [InlineData("/api/receipts/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/tlog/tile/9/000")]
    [InlineData("/tlog/../keys/court.pem")]
    public async Task WhatIsNotThere_IsNotFound(string path)
    {
        await using var station = await RunningStation.StartAsync();
        using var auditor = await station.SignInAsync("auditor", ["auditor"]);
        await auditor.GetAsync(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Receipt_IsWaitedForUntilTheStatementIsSequenced()
    {
        await using var station = await RunningStation.StartAsync();
        using var auditor = await station.SignInAsync("auditor", ["auditor"]);
        var writer = station.Services.GetRequiredService<FactWriter>();
        await writer.Station("access.refused", "log.haidian.example/2026", Evidence.Cbor.CborValue.EmptyMap).Sequencing;

        // The hash is known before its statement is written: a signature of fixed input is not, so the statement is made first.
        using var door = await DoorDevice.EnrolAsync(station.Services, "CNB-9", "FT-京0108-2026-000009-X");
        var made = await door.StateAsync("touch.light", sequence: false);
        var waiting = auditor.GetAsync($"/api/receipts/{made.Hash}?wait=true", TestContext.Current.CancellationToken);
        await station.Services.GetRequiredService<Ledger.CourtLog>().AppendAsync(made.Bytes, TestContext.Current.CancellationToken);
        using var receipt = await waiting;
        Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
    }

    [Fact]
    public async Task Checkpoint_IsPublic()
    {
        await using var station = await RunningStation.StartAsync();
        using var browser = station.Browser();
        using var answer = await browser.GetAsync("/tlog/checkpoint", TestContext.Current.CancellationToken);
        Assert.StartsWith("log.haidian.example/2026\n1\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await browser.GetAsync("/healthz", HttpStatusCode.OK);
        var document = await browser.GetAsync("/api/openapi.json", HttpStatusCode.OK);
        Assert.NotNull(document["paths"]!["/api/seals/{sealNumber}"]);
    }
}
