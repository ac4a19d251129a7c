namespace Cinnabar.Ledger.Tests;

/// <summary>I1, I2, I3 and I6 of docs/design/ledger.md over every order of events, by SPIN; test/models/README.md.</summary>
public sealed class FinalityModelTests
{
    [Theory]
    [InlineData("-DN=4 -DF=1 -DQ=3")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DHONEST_OWNER")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS -DHONEST_OWNER")]
    [InlineData("-DN=5 -DF=1 -DQ=4")]
    [InlineData("-DN=5 -DF=1 -DQ=4 -DEPOCHS -DHONEST_OWNER")]
    public void NamedCourts_KeepEveryInvariant(string numbers) => Assert.Null(Spin.Assertions("finality.pml", numbers));

    [Theory]
    [InlineData("-DN=4 -DF=1 -DQ=3")]
    [InlineData("-DN=5 -DF=1 -DQ=4")]
    [InlineData("-DN=6 -DF=1 -DQ=4")]
    [InlineData("-DN=7 -DF=2 -DQ=5")]
    public void CountedCourts_KeepEveryInvariant(string numbers)
    {
        Assert.Null(Spin.Assertions("finality.pml", $"{numbers} -DCOUNTED -DEPOCHS"));
        Assert.Null(Spin.Assertions("finality.pml", $"{numbers} -DCOUNTED -DEPOCHS -DHONEST_OWNER"));
    }

    [Theory]
    [InlineData("-DN=5 -DF=1 -DQ=3")] // 2f + 1 of five courts is no majority of majorities
    [InlineData("-DN=6 -DF=1 -DQ=3 -DCOUNTED")]
    [InlineData("-DN=7 -DF=2 -DQ=4 -DCOUNTED")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DSIGN_FIRST")]
    [InlineData("-DN=5 -DF=1 -DQ=4 -DSIGN_FIRST")]
    [InlineData("-DN=6 -DF=1 -DQ=4 -DCOUNTED -DSIGN_FIRST")]
    [InlineData("-DN=7 -DF=2 -DQ=5 -DCOUNTED -DSIGN_FIRST")]
    public void RuleLeftOut_TwoHistoriesAreFinal(string numbers) =>
        Assert.StartsWith("assertion violated ( !(final[y])", Spin.Assertions("finality.pml", numbers), StringComparison.Ordinal);

    [Theory]
    [InlineData("-DN=4 -DF=1 -DQ=3")]
    [InlineData("-DN=5 -DF=1 -DQ=4")]
    [InlineData("-DN=6 -DF=1 -DQ=4 -DCOUNTED")]
    [InlineData("-DN=7 -DF=2 -DQ=5 -DCOUNTED")]
    public void SealedByFinal_WhatIsFinalIsLost(string numbers)
    {
        const string Lost = "assertion violated ((y+"; // fewer than Q - F honest courts hold what is final
        Assert.StartsWith(Lost, Spin.Assertions("finality.pml", $"{numbers} -DEPOCHS -DSEAL_BY_FINAL"), StringComparison.Ordinal);
        Assert.StartsWith(Lost, Spin.Assertions("finality.pml", $"{numbers} -DEPOCHS -DSEAL_BY_FINAL -DHONEST_OWNER"), StringComparison.Ordinal);
    }
}
