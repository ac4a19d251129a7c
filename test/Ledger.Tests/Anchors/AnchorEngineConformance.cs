using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>What every engine of the anchor chain must do. An engine's tests inherit this; other test projects link the file.</summary>
public abstract class AnchorEngineConformance
{
    // A deadline against hanging, never a figure.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>The test's own engine as one court sees it, opened with that court's credentials: 0, 1 or 2. May be called again for a court.</summary>
    protected abstract Task<IAnchorEngine> OpenAsync(int court);

    [Fact]
    public async Task Identity_IsTheSameForEveryCourtAndAfterOpeningAgain()
    {
        string first;
        await using (var engine = await OpenAsync(0))
        {
            var identity = await engine.IdentityAsync(Limit());
            first = identity.Value;
            Assert.InRange(first.Length, 1, 300);
            Assert.InRange(identity.LastPosition, 0, long.MaxValue);
            await engine.AppendAsync(AnchorOf(0, 1), Limit());
            Assert.Equal(first, (await engine.IdentityAsync(Limit())).Value);
        }

        await using var other = await OpenAsync(1);
        await using var again = await OpenAsync(0);
        Assert.Equal(first, (await other.IdentityAsync(Limit())).Value);
        Assert.Equal(first, (await again.IdentityAsync(Limit())).Value);
    }

    [Fact]
    public async Task AppendedAnchor_IsShownWithItsBytesAPositionAndAReference()
    {
        await using var engine = await OpenAsync(0);
        var anchor = AnchorOf(0, 1L << 62);
        await engine.AppendAsync(anchor, Limit());

        var place = Assert.Single(await TakeAsync(engine, 0, 1));
        Assert.Equal(anchor.Encode(), place.Record.ToArray());
        Assert.InRange(place.Position, 1, long.MaxValue);
        Assert.InRange(place.Reference.Length, 1, 200);
        Assert.InRange((await engine.IdentityAsync(Limit())).LastPosition, place.Position, long.MaxValue);
    }

    [Fact]
    public async Task SameAnchorAgain_IsNoSecondOne()
    {
        await using var engine = await OpenAsync(0);
        await using var again = await OpenAsync(0);
        await engine.AppendAsync(AnchorOf(0, 5), Limit());
        await engine.AppendAsync(AnchorOf(0, 5), Limit());
        await again.AppendAsync(AnchorOf(0, 5), Limit());
        await engine.AppendAsync(AnchorOf(0, 6), Limit());

        Assert.Equal([5, 6], Sizes(await TakeAsync(engine, 0, 2)));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task SizeThatDoesNotGrow_IsStaleAndAppendsNothing(long size, int digest)
    {
        await using var engine = await OpenAsync(0);
        await engine.AppendAsync(AnchorOf(0, 5), Limit());

        var failure = await Assert.ThrowsAsync<AnchorEngineException>(() => engine.AppendAsync(AnchorOf(0, size, digest), Limit()));
        Assert.Equal(AnchorFailure.Stale, failure.Failure);
        await engine.AppendAsync(AnchorOf(0, 6), Limit());
        Assert.Equal([5, 6], Sizes(await TakeAsync(engine, 0, 2)));
    }

    [Fact]
    public async Task AnchorOfLongAgo_IsAcknowledgedAgainAndNotAppendedBehindNewerOnes()
    {
        await using var engine = await OpenAsync(0);
        await engine.AppendAsync(AnchorOf(0, 5), Limit());
        await engine.AppendAsync(AnchorOf(0, 6), Limit());
        await engine.AppendAsync(AnchorOf(0, 5), Limit());
        await engine.AppendAsync(AnchorOf(0, 7), Limit());

        Assert.Equal([5, 6, 7], Sizes(await TakeAsync(engine, 0, 3)));
    }

    [Fact]
    public async Task Follow_FromAPosition_ShowsOnlyWhatIsAfter()
    {
        await using var engine = await OpenAsync(0);
        for (var size = 1; size <= 4; size++)
        {
            await engine.AppendAsync(AnchorOf(0, size), Limit());
        }

        var all = await TakeAsync(engine, 0, 4);
        Assert.Equal(all[2..].Select(Told), (await TakeAsync(engine, all[1].Position, 2)).Select(Told));
    }

    [Fact]
    public async Task Follow_WaitingAtTheEnd_ShowsAnotherCourtsAnchorWhenItComes()
    {
        await using var follower = await OpenAsync(0);
        await using var writer = await OpenAsync(1);
        await writer.AppendAsync(AnchorOf(1, 1), Limit());
        await using var places = follower.FollowAsync(0, Limit()).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await places.MoveNextAsync());
        var next = places.MoveNextAsync();
        await writer.AppendAsync(AnchorOf(1, 2), Limit());

        Assert.True(await next);
        Assert.Equal([2], Sizes([places.Current]));
    }

    [Fact]
    public async Task CourtsAppendingSideBySide_AreShownInOneOrderToAll()
    {
        const int Each = 8;
        var courts = await Task.WhenAll(Enumerable.Range(0, 3).Select(OpenAsync));
        var follow = Task.WhenAll(courts.Select(court => TakeAsync(court, 0, 3 * Each)));
        await Task.WhenAll(courts.Select(async (court, number) =>
        {
            for (var size = 1; size <= Each; size++)
            {
                await court.AppendAsync(AnchorOf(number, size), Limit());
            }
        }));

        var seen = await follow;
        foreach (var places in seen)
        {
            Assert.Equal(seen[0].Select(Told), places.Select(Told));
        }

        Assert.All(seen[0].Zip(seen[0].Skip(1)), pair => Assert.True(pair.First.Position < pair.Second.Position));
        for (var court = 0; court < 3; court++)
        {
            var own = seen[0].Where(place => Decode(place).Log == AnchorOf(court, 1).Log).ToList();
            Assert.Equal(Enumerable.Range(1, Each).Select(size => (long)size), Sizes(own));
            await courts[court].DisposeAsync();
        }
    }

    [Fact]
    public async Task RacingAppendsOfOneLog_NeverStandInTheWrongOrder()
    {
        await using var engine = await OpenAsync(0);
        var appends = Enumerable.Range(1, 12).Select(async size =>
        {
            try
            {
                await engine.AppendAsync(AnchorOf(0, size), Limit());
                return true;
            }
            catch (AnchorEngineException exception) when (exception.Failure == AnchorFailure.Stale)
            {
                return false;
            }
        });
        var appended = (await Task.WhenAll(appends)).Count(done => done);
        var sizes = Sizes(await TakeAsync(engine, 0, appended));

        Assert.Equal(sizes.Order(), sizes);
        Assert.Equal(12, sizes[^1]);
    }

    [Fact]
    public async Task OpenedAgain_ShowsTheSamePlaces()
    {
        IReadOnlyList<AnchorPlace> before;
        await using (var engine = await OpenAsync(0))
        {
            await engine.AppendAsync(AnchorOf(0, 1), Limit());
            await engine.AppendAsync(AnchorOf(0, 2), Limit());
            before = await TakeAsync(engine, 0, 2);
        }

        await using var again = await OpenAsync(0);
        await again.AppendAsync(AnchorOf(0, 3), Limit());
        var after = await TakeAsync(again, 0, 3);
        Assert.Equal(before.Select(Told), after.Take(2).Select(Told));
    }

    [Fact]
    public async Task Follow_GivenUp_EndsAsCancelled()
    {
        await using var engine = await OpenAsync(0);
        using var giveUp = new CancellationTokenSource();
        var waiting = TakeAsync(engine, 0, 1, giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>An anchor of a court's own log.</summary>
    protected static Anchor AnchorOf(int court, long size, int digest = 0) =>
        new(Anchor.LogOf($"court{court}.example/log/1"), size, Digest.Of([(byte)court, (byte)(size & 0xff), (byte)digest]));

    protected static async Task<List<AnchorPlace>> TakeAsync(IAnchorEngine engine, long from, int count, CancellationToken? until = null)
    {
        var places = new List<AnchorPlace>();
        await foreach (var place in engine.FollowAsync(from, until ?? Limit()))
        {
            places.Add(place);
            if (places.Count == count)
            {
                break;
            }
        }

        return places;
    }

    protected static Anchor Decode(AnchorPlace place) =>
        Anchor.TryDecode(place.Record.Span, out var anchor) ? anchor : throw new InvalidOperationException($"{place.Reference} is no anchor.");

    protected static List<long> Sizes(IEnumerable<AnchorPlace> places) => [.. places.Select(place => Decode(place).Size)];

    protected static CancellationToken Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        return limit.Token;
    }

    private static string Told(AnchorPlace place) => $"{place.Position} {Convert.ToHexString(place.Record.Span)} {place.Reference}";
}
