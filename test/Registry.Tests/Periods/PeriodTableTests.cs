using Cinnabar.Registry.Periods;

namespace Cinnabar.Registry.Tests.Periods;

public sealed class PeriodTableTests
{
    private static readonly DateOnly s_start = new(2020, 7, 2);

    [Fact]
    public void T1_ImmovableUnderThreeYears_IsActiveThroughItsLastDayInShanghai()
    {
        Assert.Null(PeriodTable.Check(SealCategory.Immovable, s_start, new DateOnly(2023, 7, 1), s_start));
        var end = LegalTime.EndOf(new DateOnly(2023, 7, 1));
        Assert.Equal(new DateTimeOffset(2023, 7, 1, 16, 0, 0, TimeSpan.Zero), end);
        Assert.Equal(new DateOnly(2023, 7, 1), LegalTime.DateOf(end.AddMilliseconds(-1)));
        Assert.Equal(new DateOnly(2023, 7, 2), LegalTime.DateOf(end));
    }

    [Fact]
    public void T2_SameDateThreeYearsLater_IsAllowedBecauseTheStartDayDoesNotCount() =>
        Assert.Null(PeriodTable.Check(SealCategory.Immovable, s_start, new DateOnly(2023, 7, 2), s_start));

    [Fact]
    public void T2_OneDayMore_IsRefusedWithTheDateAllowed()
    {
        var refusal = PeriodTable.Check(SealCategory.Immovable, s_start, new DateOnly(2023, 7, 3), s_start)!;
        Assert.Equal(("P1", new DateOnly(2023, 7, 2)), (refusal.Rule, refusal.AllowedUntil));
        Assert.Contains("第四百八十七条", refusal.Article, StringComparison.Ordinal);
        Assert.Contains("2023-07-02", refusal.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("2023-07-02", refusal.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void T3_MovableWithoutEndFromALeapDay_IsBlockedWithASuggestion()
    {
        var day = new DateOnly(2024, 2, 29);
        var refusal = PeriodTable.Check(SealCategory.Movable, day, null, day)!;
        Assert.Equal(("P1.end", new DateOnly(2026, 2, 28)), (refusal.Rule, refusal.AllowedUntil));
        Assert.Contains("第四百八十五条", refusal.Article, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SealCategory.Deposit, 1)]
    [InlineData(SealCategory.Movable, 2)]
    [InlineData(SealCategory.Immovable, 3)]
    [InlineData(SealCategory.Other, 3)]
    public void P1_EachCategory_HasItsMaximum(SealCategory category, int years)
    {
        var day = new DateOnly(2025, 3, 1);
        Assert.Null(PeriodTable.Check(category, day, day.AddYears(years), day));
        Assert.Equal("P1", PeriodTable.Check(category, day, day.AddYears(years).AddDays(1), day)!.Rule);
    }

    [Theory]
    [InlineData("2022-04-09", "487")]
    [InlineData("2022-04-10", "485")]
    public void Article_IsTheOneOfTheDay(string day, string article) =>
        Assert.Contains(article, PeriodTable.Find(SealCategory.Movable, DateOnly.Parse(day, null))!.Article.En, StringComparison.Ordinal);

    [Fact]
    public void EndNotAfterStart_IsRefused() =>
        Assert.Equal("P9", PeriodTable.Check(SealCategory.Movable, s_start, s_start, s_start)!.Rule);

    [Fact]
    public void P4_PeriodThatIsOver_IsRefusedWithoutADate()
    {
        var refusal = PeriodTable.Check(SealCategory.Immovable, s_start, new DateOnly(2023, 7, 1), new DateOnly(2023, 7, 2))!;
        Assert.Equal(("P4", null), (refusal.Rule, refusal.AllowedUntil));
    }

    [Fact]
    public void LastDayItself_IsNotOver() =>
        Assert.Null(PeriodTable.Check(SealCategory.Immovable, s_start, new DateOnly(2023, 7, 1), new DateOnly(2023, 7, 1)));

    [Fact]
    public void DayBeforeTheTables_IsRefusedAndNotGuessed() =>
        Assert.Equal("P1", PeriodTable.Check(SealCategory.Movable, new DateOnly(2014, 1, 1), new DateOnly(2015, 1, 1), new DateOnly(2014, 1, 1))!.Rule);
}
