using Cinnabar.Evidence.Governance;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Governance;

public sealed class QuorumTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(3, 0, 2)]
    [InlineData(4, 1, 3)]
    [InlineData(5, 1, 4)]
    [InlineData(6, 1, 4)]
    [InlineData(7, 2, 5)]
    [InlineData(8, 2, 6)]
    [InlineData(9, 2, 6)]
    [InlineData(10, 3, 7)]
    public void The_table_of_the_design_holds(int courts, int liars, int needed)
    {
        Assert.Equal(liars, Quorum.LiarsOf(courts));
        Assert.Equal(needed, Quorum.Of(courts).Needed);
    }

    /// <summary>Two sets of q courts share more than f courts, so an honest one; and q honest courts exist by the rule.</summary>
    [Fact]
    public void Every_sound_quorum_shares_an_honest_court_with_every_other()
    {
        var pairs = Gen.Choose(1, 100).SelectMany(n => Gen.Choose(0, 110).Select(f => new Quorum(n, f))).ToArbitrary();
        Prop.ForAll(pairs, quorum =>
            !quorum.IsSound || ((2 * quorum.Needed) - quorum.Courts > quorum.Liars && quorum.Needed <= quorum.Courts)).QuickCheckThrowOnFailure();
        Prop.ForAll(Gen.Choose(1, 100).ToArbitrary(), n => Quorum.Of(n) is { IsSound: true } q && q.Needed <= n - q.Liars).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public void Weaker_than_the_rule_or_more_courts_than_there_are_is_unsound(int courts, int liars) =>
        Assert.False(new Quorum(courts, liars).IsSound);
}
