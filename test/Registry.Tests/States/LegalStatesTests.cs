using Cinnabar.Registry.States;

namespace Cinnabar.Registry.Tests.States;

public sealed class LegalStatesTests
{
    [Fact]
    public void WholeLife_RunsInOrder()
    {
        var state = LegalState.Ordered;
        foreach (var (what, next) in new (LegalEvent, LegalState)[]
        {
            (LegalEvent.Issue, LegalState.Issued), (LegalEvent.Install, LegalState.Installed), (LegalEvent.Arm, LegalState.Armed),
            (LegalEvent.Suspend, LegalState.Suspended), (LegalEvent.Arm, LegalState.Armed), (LegalEvent.Lift, LegalState.Lifted),
            (LegalEvent.Remove, LegalState.Removed),
        })
        {
            state = LegalStates.Next(state, what)!.Value;
            Assert.Equal(next, state);
        }
    }

    [Theory]
    [InlineData(LegalState.Ordered)]
    [InlineData(LegalState.Issued)]
    [InlineData(LegalState.Installed)]
    [InlineData(LegalState.Armed)]
    [InlineData(LegalState.Suspended)]
    public void SealInForce_LapsesAndIsLiftedInAnyState(LegalState state)
    {
        Assert.True(LegalStates.IsInForce(state));
        Assert.Equal(LegalState.Lapsed, LegalStates.Next(state, LegalEvent.Lapse));
        Assert.Equal(LegalState.Lifted, LegalStates.Next(state, LegalEvent.Lift));
    }

    [Theory]
    [InlineData(LegalState.Lapsed)]
    [InlineData(LegalState.Lifted)]
    [InlineData(LegalState.Removed)]
    public void EndedSeal_NeverComesBack(LegalState state)
    {
        Assert.False(LegalStates.IsInForce(state));
        foreach (var what in new[] { LegalEvent.Issue, LegalEvent.Install, LegalEvent.Arm, LegalEvent.Suspend, LegalEvent.Lapse, LegalEvent.Lift })
        {
            Assert.Null(LegalStates.Next(state, what));
        }
    }

    [Theory]
    [InlineData(LegalState.Ordered, LegalEvent.Arm)]
    [InlineData(LegalState.Issued, LegalEvent.Arm)]
    [InlineData(LegalState.Armed, LegalEvent.Arm)]
    [InlineData(LegalState.Ordered, LegalEvent.Install)]
    [InlineData(LegalState.Armed, LegalEvent.Remove)]
    public void StepOutOfOrder_IsRefused(LegalState state, LegalEvent what) => Assert.Null(LegalStates.Next(state, what));

    [Fact]
    public void VoiceAndCamera_HaveABasisOnlyWhileArmed() =>
        Assert.Equal([LegalState.Armed], Enum.GetValues<LegalState>().Where(LegalStates.MayWatch));
}
