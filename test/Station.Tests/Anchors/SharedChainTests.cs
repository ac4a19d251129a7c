using Cinnabar.Ledger;
using Cinnabar.Shared;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Courts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Anchors;

/// <summary>Three courts that watch each other: what is anchored was final before, and each log takes in the others' heads.</summary>
public sealed class SharedChainTests
{
    [Fact]
    public async Task ThreeCourts_SeeOneChain_AndTakeInEachOthersFinalHeads()
    {
        await using var courts = await WatchingCourts.StartAsync(3);
        foreach (var court in courts.Stations)
        {
            Eventually.Holds(() => Get<AnchorKeeper>(court).AnchoredSize >= Get<CourtLog>(court).Head.Size, "everything of a court is anchored");
            Assert.False(Get<ProofStates>(court).StandsAlone);
        }

        // Where all have come to the same block, all have the same: the engine has one face.
        var codes = courts.Stations.Select(c => Get<CourtIdentity>(c).Code).Order(StringComparer.Ordinal).ToArray();
        Eventually.Holds(
            () => courts.Stations.All(c => Codes(c).SequenceEqual(codes)), "every court has blocks of all three");
        var known = courts.Stations.Select(Blocks).ToArray();
        var common = known.Min(b => b[^1].Height);
        Assert.Single(known.Select(b => b.Single(block => block.Height == common).Hash).Distinct());

        var first = courts.Stations[0];
        var others = courts.Stations.Skip(1).Select(c => Get<CourtIdentity>(c).Origin).ToArray();
        WrittenFact? seen = null;
        Eventually.Holds(() => (seen = Get<CrossLinks>(first).StateAsync().GetAwaiter().GetResult()) is not null, "the others' heads are known");
        Assert.Subset(others.ToHashSet(), seen!.Statement.Body["logs"].AsArray().Select(l => l.AsArray()[0].AsText()).ToHashSet());
    }

    private static AnchorBlockView[] Blocks(WebApplication court) => [.. Get<AnchorViews>(court).All().Chain.Blocks];

    private static IEnumerable<string?> Codes(WebApplication court) => Blocks(court).Select(b => b.Code).Distinct().Order(StringComparer.Ordinal);

    private static T Get<T>(WebApplication court)
        where T : notnull => court.Services.GetRequiredService<T>();
}
