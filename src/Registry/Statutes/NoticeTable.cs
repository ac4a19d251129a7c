using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;

namespace Cinnabar.Registry.Statutes;

/// <summary>Dated texts of sheets and public pages, filled with the facts of a seal and the articles of its day.</summary>
public static partial class NoticeTable
{
    private static readonly ImmutableArray<NoticeRow> s_rows =
        JsonSerializer.Deserialize(Tables.Read("notice-texts.json"), RegistryJson.Default.NoticeDocument)!.Texts;

    /// <summary>The text of a part for a seal, with the statutes in force on its first day.</summary>
    /// <returns>Null when the table has no text, or no statute, for that day: better none than a wrong article.</returns>
    public static BilingualText? Compose(NoticePart part, NoticeFacts facts)
    {
        var row = s_rows.FirstOrDefault(r => r.Part == part && facts.From >= r.From && (r.Until is null || facts.From <= r.Until));
        return row is null || Fill(row.Text.Zh, facts, english: false) is not { } zh || Fill(row.Text.En, facts, english: true) is not { } en
            ? null
            : new BilingualText(zh, en);
    }

    private static string? Fill(string template, NoticeFacts facts, bool english)
    {
        var missing = false;
        var text = Placeholder().Replace(template, match =>
        {
            var value = Value(match.Groups[1].Value, facts);
            missing |= value is null;
            return (english ? value?.En : value?.Zh) ?? "";
        });
        return missing ? null : text;
    }

    private static BilingualText? Value(string name, NoticeFacts facts) => name switch
    {
        "court" => facts.Court,
        "case" => Same(facts.CaseNumber),
        "seal" => Same(facts.SealNumber),
        "from" => Same(Day(facts.From)),
        "until" => Same(Day(facts.Until)),
        "category" => PeriodTable.Find(facts.Category, facts.From)?.Name,
        "phone" => facts.Phone is { Length: > 0 } phone ? Same(phone) : new BilingualText("（见裁定书）", "(see the ruling)"),
        _ => Enum.TryParse<StatuteRule>(name, ignoreCase: true, out var rule) ? StatuteTable.Cite(rule, facts.From)?.Text : null,
    };

    private static BilingualText Same(string text) => new(text, text);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();

    internal sealed record NoticeDocument(ImmutableArray<NoticeRow> Texts);

    internal sealed record NoticeRow(string Id, NoticePart Part, DateOnly From, DateOnly? Until, BilingualText Text);
}
