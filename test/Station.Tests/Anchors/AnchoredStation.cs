using System.Net;
using System.Text.Json.Nodes;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Shared;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Console;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Anchors;

/// <summary>What tests of anchors do with a real station.</summary>
internal static class AnchoredStation
{
    public static readonly (string, string)[] Quick = [("Anchors:Spacing", "00:00:00.100")];

    /// <summary>States something and waits until it is durable: what must work whatever the engine does.</summary>
    public static async Task<string> StateAsync(this TestStation station)
    {
        var fact = station.Writer.Station("access.refused", TestCourt.Identity.Origin, CborValue.EmptyMap);
        Assert.True((await fact.Sequencing).IsSequenced);
        return fact.Statement.Hash.ToString();
    }

    public static async Task<JsonNode> AnchorsAsync(this TestStation station)
    {
        using var auditor = await station.BrowseAsync("auditor");
        return await auditor.Http.GetAsync("/api/anchors", HttpStatusCode.OK);
    }

    /// <summary>Waits until everything in the log is anchored.</summary>
    public static void UntilAnchored(this TestStation station) => Eventually.Holds(
        () => station.Services.GetRequiredService<AnchorKeeper>().AnchoredSize >= station.Log.Head.Size, "the log is anchored");

    public static void Until(this TestStation station, AnchorEngineState state)
    {
        var views = station.Services.GetRequiredService<AnchorViews>();
        Eventually.Holds(() => views.All().Engine.State == state, $"the engine is {state}");
        Eventually.Holds(
            () => station.Health.Parts.Any(p => p.Part == AnchorKeeper.Part && p.Level == (state == AnchorEngineState.Good ? HealthLevel.Good : HealthLevel.Degraded)),
            "health says so");
    }
}
