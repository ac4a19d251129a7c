using System.Text;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Voice;

public sealed class VoiceTextsTests
{
    private static readonly VoiceTexts Shipped = VoiceTexts.Shipped();

    /// <summary>Domain T13: a seal of July 2020 cites the numbers of its day.</summary>
    [Theory]
    [InlineData("2020-07-02", "第一百一十一条、第一百一十五条", "CPL-2017:111,CPL-2017:115")]
    [InlineData("2021-12-31", "第一百一十一条、第一百一十五条", "CPL-2017:111,CPL-2017:115")]
    [InlineData("2022-01-01", "第一百一十四条、第一百一十八条", "CPL-2021:114,CPL-2021:118")]
    [InlineData("2026-03-02", "第一百一十四条、第一百一十八条", "CPL-2023:114,CPL-2023:118")]
    public void TouchWarning_CitesTheArticlesOfItsDay(string day, string articles, string citations)
    {
        var text = Shipped.Find(2, "zh", DateOnly.Parse(day))!;

        Assert.Contains(articles, text.Text);
        Assert.Equal(citations, string.Join(',', text.Citations));
    }

    [Fact]
    public void EveryDay_HasEachStageInBothLanguagesWithTheSameLaw()
    {
        for (var day = new DateOnly(2020, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
        {
            for (var stage = 1; stage <= 3; stage++)
            {
                Assert.Equal(Shipped.Find(stage, "zh", day)!.Citations, Shipped.Find(stage, "en", day)!.Citations);
            }
        }
    }

    [Fact]
    public void NoTouchWarning_ThreatensPrison()
    {
        foreach (var text in Shipped.All.Where(text => text.Stage < 3))
        {
            Assert.DoesNotContain("三年", text.Text);
            Assert.DoesNotContain("刑法", text.Text);
            Assert.DoesNotContain("Criminal", text.Text);
            Assert.DoesNotContain("years", text.Text);
        }
    }

    [Fact]
    public void DayBeforeTheFirstText_HasNone() => Assert.Null(Shipped.Find(2, "zh", new DateOnly(2010, 1, 1)));

    [Theory]
    [InlineData("""{ "about": "", "sources": {}, "texts": [ { "id": "a", "stage": 1, "language": "zh", "from": "2020-01-01", "until": null, "citations": ["X:1"], "text": "t" } ] }""", "X:1")]
    [InlineData("""{ "about": "", "sources": {}, "texts": [ { "id": "a", "stage": 4, "language": "zh", "from": "2020-01-01", "until": null, "citations": [], "text": "t" } ] }""", "stage")]
    [InlineData("""{ "about": "", "sources": {}, "texts": [ { "id": "a", "stage": 1, "language": "zh", "from": "2020-01-01", "until": null, "citations": [], "text": "t" }, { "id": "b", "stage": 1, "language": "zh", "from": "2021-01-01", "until": null, "citations": [], "text": "t" } ] }""", "same day")]
    [InlineData("""{ "about": "", "texts": [] }""", "malformed")]
    [InlineData("not json", "malformed")]
    public void SpoiledTable_IsRefused(string json, string reason)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => VoiceTexts.Read(stream)).Message);
    }
}
