using Cinnabar.Ledger.Timestamps.Tests;
using Cinnabar.Shared;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Tests.Console;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Anchors;

/// <summary>Daily timestamps by an authority that is not ours: openssl ts.</summary>
public sealed class TimestampKeeperTests
{
    [Fact]
    public async Task Day_IsStampedAndShown_AlsoAfterARestartThatAsksNobody()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var station = await TestStation.StartAsync(
            [.. AnchoredStation.Quick, ("Timestamps:Url", authority.Address.AbsoluteUri), ("Timestamps:RootsFile", Path.Combine(authority.Folder, "root.pem"))]);
        var folder = Path.Combine(station.Data.FullName, "timestamps");
        Eventually.Holds(() => Directory.Exists(folder) && Directory.GetFiles(folder, "*.tst").Length > 0, "the day has its token");
        Eventually.Holds(() => station.Health.Parts.Any(p => p.Part == TimestampKeeper.Part), "the outcome was told");
        Assert.Equal(PartHealth.Ok, station.Health.Sentence(TimestampKeeper.Part));
        var asked = authority.Asked;

        await station.RestartAsync();
        Eventually.Holds(() => Newest(station).Count > 0, "the token was read again");
        var stamp = Assert.Single((await station.AnchorsAsync())["timestamps"]!.AsArray())!;
        Assert.Equal(64, stamp.Text("imprint").Length);
        Assert.Equal(asked, authority.Asked);
    }

    [Fact]
    public async Task AuthorityThatIsDown_IsToldAndNotFelt()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var station = await TestStation.StartAsync(
            ("Timestamps:Url", "http://127.0.0.1:1/"), ("Timestamps:RootsFile", Path.Combine(authority.Folder, "root.pem")));
        Eventually.Holds(() => station.Health.Sentence(TimestampKeeper.Part).Contains("NoAnswer", StringComparison.Ordinal), "the operator is told");
        await station.StateAsync();
        Assert.Empty(Newest(station));
    }

    private static IReadOnlyList<TimestampView> Newest(TestStation station) =>
        station.Services.GetRequiredService<TimestampKeeper>().Newest;
}
