using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cinnabar.Evidence;

namespace Cinnabar.Registry.Periods;

/// <summary>How long property may be sealed, by category and day: rules P1, P4, P9 of domain.md 3.2.</summary>
public static class PeriodTable
{
    private static readonly ImmutableArray<PeriodRow> s_rows =
        [.. JsonSerializer.Deserialize(Tables.Read("periods.json"), RegistryJson.Default.PeriodRowArray)!];

    /// <summary>The rule in force on a day, or null when the table has none.</summary>
    public static PeriodRule? Find(SealCategory category, DateOnly on) =>
        s_rows.FirstOrDefault(r => r.Category == category && on >= r.From && (r.Until is null || on <= r.Until)) is { } row
            ? new PeriodRule(row.Category, row.Name, row.YearsMax, row.Article, row.Source)
            : null;

    /// <summary>Judges the period of an order.</summary>
    /// <param name="from">First day of the seal, in Asia/Shanghai; the rule of this day applies.</param>
    /// <param name="until">Last day as printed, or null when the ruling names none.</param>
    /// <param name="today">The day the order is made.</param>
    /// <returns>Null when the period is allowed.</returns>
    public static RuleRefusal? Check(SealCategory category, DateOnly from, DateOnly? until, DateOnly today)
    {
        if (Find(category, from) is not { } rule)
        {
            return new RuleRefusal("P1", "-", new BilingualText(
                $"规则表中没有{Day(from)}适用的查封期限规定。", $"The table holds no rule about periods for {Day(from)}."), null);
        }

        var last = rule.LastDay(from);
        var article = $"{rule.Article.Zh} / {rule.Article.En}";
        if (until is not { } end)
        {
            return new RuleRefusal("P1.end", article, new BilingualText(
                $"未写明查封截止日期。可填写至{Day(last)}。", $"No end date is given. It may be as late as {Day(last)}."), last);
        }

        if (end <= from)
        {
            return new RuleRefusal("P9", article, new BilingualText(
                $"截止日期{Day(end)}不晚于起始日期{Day(from)}（起始日不计入期限）。可填写至{Day(last)}。",
                $"The end {Day(end)} is not after the start {Day(from)}, which does not count. It may be as late as {Day(last)}."), last);
        }

        if (end > last)
        {
            return new RuleRefusal("P1", article, new BilingualText(
                $"{rule.Name.Zh}的查封期限不得超过{rule.YearsMax}年，最迟至{Day(last)};所填日期为{Day(end)}。",
                $"{rule.Name.En} may be sealed for at most {rule.YearsMax} year(s), until {Day(last)}; the date given is {Day(end)}."), last);
        }

        return end >= today ? null : new RuleRefusal("P4", article, new BilingualText(
            $"查封已于{Day(end)}届满，效力消灭；须重新裁定，不能续封。",
            $"The seal expired on {Day(end)} and its effect is extinguished; a new ruling is needed, a renewal is not possible."), null);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal sealed record PeriodRow(
        SealCategory Category, BilingualText Name, int YearsMax, BilingualText Article, string Source, DateOnly From, DateOnly? Until);
}
