using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.Statutes;

namespace Cinnabar.Registry.Tests.Statutes;

public sealed class StatuteTableTests
{
    [Theory]
    [InlineData(StatuteRule.Obstruction, "2020-07-02", "CPL-2017:111")]
    [InlineData(StatuteRule.Penalty, "2020-07-02", "CPL-2017:115")]
    [InlineData(StatuteRule.Power, "2020-07-02", "CPL-2017:244")]
    [InlineData(StatuteRule.Periods, "2020-07-02", "CPLI-2015:487")]
    [InlineData(StatuteRule.Lapse, "2020-12-31", "SF-2004:30")]
    [InlineData(StatuteRule.Lapse, "2021-01-01", "SF-2020:27")]
    [InlineData(StatuteRule.Obstruction, "2021-12-31", "CPL-2017:111")]
    [InlineData(StatuteRule.Obstruction, "2022-01-01", "CPL-2021:114")]
    [InlineData(StatuteRule.Power, "2023-12-31", "CPL-2021:251")]
    [InlineData(StatuteRule.Power, "2024-01-01", "CPL-2023:255")]
    [InlineData(StatuteRule.SealMark, "2024-01-01", "CPLI-2022:187(2)")]
    [InlineData(StatuteRule.Crime, "2024-01-01", "CL-1997:314")]
    public void Article_IsTheOneOfTheDay(StatuteRule rule, string day, string id) =>
        Assert.Equal(id, StatuteTable.Cite(rule, DateOnly.Parse(day, null))!.Id);

    [Fact]
    public void ArticleNumbers_ArePrintedAsStatutesPrintThem()
    {
        var citation = StatuteTable.Cite(StatuteRule.SealMark, new DateOnly(2024, 1, 1))!;
        Assert.EndsWith("第一百八十七条第二项", citation.Text.Zh, StringComparison.Ordinal);
        Assert.StartsWith("Article 187(2) of the SPC", citation.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "五")]
    [InlineData(10, "十")]
    [InlineData(15, "十五")]
    [InlineData(20, "二十")]
    [InlineData(101, "一百零一")]
    [InlineData(110, "一百一十")]
    [InlineData(114, "一百一十四")]
    [InlineData(200, "二百")]
    public void ChineseNumerals_AreWritten(int number, string text) => Assert.Equal(text, ChineseNumeral.Of(number));

    [Fact]
    public void T13_SealOfJuly2020_CitesTheNumbersOfItsDay()
    {
        var penalty = NoticeTable.Compose(NoticePart.Penalty, Facts(new DateOnly(2020, 7, 2)))!;
        Assert.Contains("第一百一十一条", penalty.Zh, StringComparison.Ordinal);
        Assert.Contains("第一百一十五条", penalty.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("第一百一十四条", penalty.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("第一百一十八条", penalty.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPart_IsComposedInBothLanguagesWithoutGaps()
    {
        foreach (var part in Enum.GetValues<NoticePart>())
        {
            var text = NoticeTable.Compose(part, Facts(new DateOnly(2025, 1, 6)))!;
            Assert.DoesNotContain('{', text.Zh);
            Assert.DoesNotContain('{', text.En);
        }
    }

    [Fact]
    public void DayWithoutStatute_HasNoTextRatherThanAWrongArticle() =>
        Assert.Null(NoticeTable.Compose(NoticePart.Penalty, Facts(new DateOnly(2016, 1, 1))));

    private static NoticeFacts Facts(DateOnly from) => new(
        new BilingualText("北京市海淀区人民法院", "Beijing Haidian District People's Court"), "(2020)京0108执1234号",
        "FT-京0108-2020-000123-K", SealCategory.Immovable, from, from.AddYears(3), null);
}
