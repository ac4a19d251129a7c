using Cinnabar.Registry.Cases;
using Cinnabar.Registry.Seals;

namespace Cinnabar.Registry.Tests.Seals;

public sealed class SealNumberTests
{
    private static CourtCode Court(string code) => CourtCode.TryParse(code, out var court) ? court : throw new ArgumentException(code);

    [Fact]
    public void CheckCharacter_AgreesWithThePublishedExampleOfTheStandardInGrid() =>
        Assert.Equal('M', CheckCharacter.Of("A12425GABC1234002"));

    [Theory]
    [InlineData("京0108")]
    [InlineData("最高法")]
    [InlineData("兵0103")]
    [InlineData("军01")]
    public void PrintedNumber_IsReadBack(string court)
    {
        var number = SealNumber.Create(Court(court), 2020, 123);
        Assert.StartsWith($"FT-{court}-2020-000123-", number.ToString(), StringComparison.Ordinal);
        Assert.True(SealNumber.TryParse(number.ToString(), out var read));
        Assert.Equal(number, read);
    }

    [Fact]
    public void SmallLettersWidthAndSpaces_AreForgiven()
    {
        var number = SealNumber.Create(Court("京0108"), 2020, 123);
        Assert.True(SealNumber.TryParse(" ｆｔ－京０１０８－2020 – 000123－" + char.ToLowerInvariant(number.Check), out var read));
        Assert.Equal(number, read);
    }

    [Fact]
    public void EveryWrongDigitAndEverySwap_IsFound()
    {
        var text = SealNumber.Create(Court("京0108"), 2020, 123).ToString();
        for (var i = 3; i < text.Length - 2; i++)
        {
            foreach (var digit in "0123456789".Where(d => char.IsAsciiDigit(text[i]) && d != text[i]))
            {
                Assert.False(SealNumber.TryParse(text[..i] + digit + text[(i + 1)..], out _), $"digit {i} to {digit}");
            }

            if (char.IsAsciiDigit(text[i]) && char.IsAsciiDigit(text[i + 1]) && text[i] != text[i + 1])
            {
                Assert.False(SealNumber.TryParse(text[..i] + text[i + 1] + text[i] + text[(i + 2)..], out _), $"swap at {i}");
            }
        }
    }

    [Fact]
    public void WrongProvince_IsFound()
    {
        var text = SealNumber.Create(Court("京0108"), 2020, 123).ToString();
        Assert.False(SealNumber.TryParse(text.Replace('京', '津'), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("FT")]
    [InlineData("FT-京0108-2020-000000-0")]
    [InlineData("XX-京0108-2020-000123-K")]
    [InlineData("FT-京0108-2020-0123-K")]
    public void OtherText_IsRefused(string? text) => Assert.False(SealNumber.TryParse(text, out _));

    [Theory]
    [InlineData(1949, 1)]
    [InlineData(2020, 0)]
    [InlineData(2020, 1_000_000)]
    public void SerialOrYearOutOfRange_Throws(int year, int serial) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SealNumber.Create(Court("京0108"), year, serial));
}
