using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cinnabar.Evidence;

namespace Cinnabar.Registry.Statutes;

/// <summary>Which article says what on which day. A seal of July 2020 must cite the numbers of July 2020.</summary>
public static class StatuteTable
{
    private static readonly StatuteDocument s_document =
        JsonSerializer.Deserialize(Tables.Read("statutes.json"), RegistryJson.Default.StatuteDocument)!;

    /// <summary>The article in force on a day.</summary>
    /// <returns>Null when no version in the table was in force then.</returns>
    public static Citation? Cite(StatuteRule rule, DateOnly on)
    {
        foreach (var provision in s_document.Provisions.Where(p => p.Rule == rule))
        {
            var statute = s_document.Statutes.First(s => s.Id == provision.Statute);
            if (on >= statute.From && (statute.Until is null || on <= statute.Until))
            {
                return Cite(statute, provision);
            }
        }

        return null;
    }

    private static Citation Cite(StatuteRow statute, ProvisionRow provision)
    {
        var item = provision.Item;
        var number = provision.Article.ToString(CultureInfo.InvariantCulture);
        return new Citation(
            $"{statute.Id}:{number}{(item is null ? "" : $"({item})")}",
            new BilingualText(
                $"{statute.Name.Zh}第{ChineseNumeral.Of(provision.Article)}条{(item is { } n ? $"第{ChineseNumeral.Of(n)}项" : "")}",
                $"Article {number}{(item is null ? "" : $"({item})")} of the {statute.Name.En}"),
            statute.Source);
    }

    internal sealed record StatuteDocument(ImmutableArray<StatuteRow> Statutes, ImmutableArray<ProvisionRow> Provisions);

    internal sealed record StatuteRow(string Id, BilingualText Name, DateOnly From, DateOnly? Until, string Source);

    internal sealed record ProvisionRow(StatuteRule Rule, string Statute, int Article, int? Item);
}
