using Cinnabar.Registry.Cases;

namespace Cinnabar.Registry.Tests.Cases;

public sealed class CaseNumberTests
{
    [Theory]
    [InlineData("(2020)京0108执1234号", "(2020)京0108执1234号")]
    [InlineData("（2017）京04民终367号", "(2017)京04民终367号")]
    [InlineData("〔2020〕京0105执1234号", "(2020)京0105执1234号")]
    [InlineData("（２０２０） 京０１０８ 执 １２３４ 号", "(2020)京0108执1234号")]
    [InlineData("2020京0108执1234号", "(2020)京0108执1234号")]
    [InlineData("(2021)最高法执监7号", "(2021)最高法执监7号")]
    [InlineData("(2019)京73知民初5号", "(2019)京73知民初5号")]
    [InlineData("(2022)兵0103执恢9号之二", "(2022)兵0103执恢9号")]
    public void KnownForm_IsReadInOneSpelling(string text, string expected)
    {
        Assert.True(CaseNumber.TryParse(text, out var number));
        Assert.Equal(expected, number.ToString());
    }

    [Fact]
    public void Parts_AreToldApart()
    {
        Assert.True(CaseNumber.TryParse("（2019）京73知民初5号之一", out var number));
        Assert.Equal((2019, "京73", "知", "民初", 5, "之一"), (number.Year, number.Court, number.SpecialTrial, number.Type, number.Number, number.Suffix));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("(2020)京0108执号")]
    [InlineData("(2020)京0108执0号")]
    [InlineData("(20)京0108执1号")]
    [InlineData("(2020)某0108执1号")]
    [InlineData("(2020)京0108zhi1号")]
    [InlineData("(2020)京0108执1234号; DROP TABLE")]
    [InlineData("(2020)京0108执99999999999999号")]
    public void OtherText_IsRefused(string? text) => Assert.False(CaseNumber.TryParse(text, out _));

    [Fact]
    public void HugeText_IsRefusedUnread() => Assert.False(CaseNumber.TryParse(new string('京', 1_000_000), out _));

    [Fact]
    public void T14_CourtOfAnotherDistrictThanTheProperty_IsNoMismatch()
    {
        Assert.True(CaseNumber.TryParse("(2020)京0108执1234号", out var number));
        Assert.True(CourtCode.TryParse(number.Court, out var court));
        Assert.Equal("北京市海淀区人民法院", CourtCodes.Find(court)!.Zh);
        Assert.Equal("京0105", CourtCode.OfDivision("110105")!.Value);
    }
}
