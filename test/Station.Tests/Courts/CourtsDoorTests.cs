using System.Net;
using Cinnabar.Station.Courts;

namespace Cinnabar.Station.Tests.Courts;

public sealed class CourtsDoorTests
{
    private static readonly IPAddress s_here = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress s_there = IPAddress.Parse("10.0.0.2");

    private readonly CourtsDoor _door = new(new CourtsOptions { ConnectionsPerCourtMax = 2, HandshakesPerAddressMax = 3, HandshakesMax = 5 });

    [Fact]
    public void OneAddress_HasItsShareOfUnknownConnections_AndNoMore()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.NotNull(_door.Knock(s_here)));

        Assert.Null(_door.Knock(s_here));
        Assert.NotNull(_door.Knock(s_there));
    }

    [Fact]
    public void AllAddressesTogether_HaveALimit()
    {
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotNull(_door.Knock(i < 3 ? s_here : s_there)));

        Assert.Null(_door.Knock(IPAddress.Parse("10.0.0.3")));
    }

    [Fact]
    public void PlaceIsFree_WhenTheConnectionEnds_OrItsCourtIsKnown()
    {
        for (var i = 0; i < 20; i++)
        {
            using var ended = _door.Knock(s_here)!;
            using var known = _door.Knock(s_here)!;
            Assert.True(known.Enter("京0101"));
            using var third = _door.Knock(s_here)!;
            using var fourth = _door.Knock(s_here)!;
            Assert.NotNull(fourth);
        }
    }

    [Fact]
    public void OneCourt_CannotTakeAnothersConnections()
    {
        using var first = _door.Knock(s_here)!;
        using var second = _door.Knock(s_here)!;
        using var third = _door.Knock(s_here)!;
        Assert.True(first.Enter("京0101"));
        Assert.True(second.Enter("京0101"));

        Assert.False(third.Enter("京0101"));

        using var other = _door.Knock(s_here)!;
        Assert.True(other.Enter("京0102"));
    }

    [Fact]
    public void CourtThatWasTurnedAway_CountsNowhere()
    {
        Assert.True(_door.Knock(s_here)!.Enter("京0101"));
        var last = _door.Knock(s_here)!;
        Assert.True(last.Enter("京0101"));
        for (var i = 0; i < 10; i++)
        {
            using var away = _door.Knock(s_here)!;
            Assert.False(away.Enter("京0101"));
        }

        last.Dispose();

        Assert.True(_door.Knock(s_here)!.Enter("京0101"));
    }
}
