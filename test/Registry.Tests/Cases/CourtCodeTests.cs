using Cinnabar.Registry.Cases;

namespace Cinnabar.Registry.Tests.Cases;

public sealed class CourtCodeTests
{
    [Theory]
    [InlineData("最高法", CourtLevel.Supreme)]
    [InlineData("内", CourtLevel.High)]
    [InlineData("京73", CourtLevel.Intermediate)]
    [InlineData("京0491", CourtLevel.Basic)]
    public void Length_SaysTheLevel(string text, CourtLevel level)
    {
        Assert.True(CourtCode.TryParse(text, out var code));
        Assert.Equal(level, code.Level);
    }

    [Theory]
    [InlineData("")]
    [InlineData("京1")]
    [InlineData("京010")]
    [InlineData("京01O8")]
    [InlineData("X0108")]
    public void MalformedCode_IsRefused(string text) => Assert.False(CourtCode.TryParse(text, out _));

    [Fact]
    public void UnknownCode_IsKeptWithoutAName()
    {
        Assert.True(CourtCode.TryParse("京0199", out var code));
        Assert.Null(CourtCodes.Find(code));
    }

    [Theory]
    [InlineData("110108", "京0108")]
    [InlineData("430102", "湘0102")]
    [InlineData("321324", "苏1324")]
    [InlineData("510107", "川0107")]
    public void OrdinaryBasicCourt_HasTheLastFourDigitsOfItsDivision(string division, string code) =>
        Assert.Equal(code, CourtCode.OfDivision(division)!.Value);

    [Theory]
    [InlineData("990108")]
    [InlineData("11010")]
    [InlineData("BT0108")]
    public void UnknownDivision_HasNoCode(string division) => Assert.Null(CourtCode.OfDivision(division));
}
