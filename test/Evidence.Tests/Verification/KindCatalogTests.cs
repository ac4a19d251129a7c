using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Verification;

/// <summary>The catalogue against the document that binds it.</summary>
public sealed partial class KindCatalogTests
{
    [Fact]
    public void Catalogue_and_document_name_the_same_kinds_under_the_same_issuers()
    {
        var documented = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var issuer = "";
        foreach (var line in File.ReadLines(Repository.Path("docs", "formats", "kinds.md")))
        {
            issuer = line switch
            {
                "## From the device" => "device:x",
                "## From the court" => "court:x",
                "## From the station" => "station:x",
                "## From officers" => "officer:x",
                _ => issuer,
            };
            if (issuer.Length > 0 && line.StartsWith("| `", StringComparison.Ordinal))
            {
                foreach (Match kind in Kind().Matches(line.Split('|')[1]))
                {
                    documented[kind.Groups[1].Value] = issuer;
                }
            }
        }

        Assert.Equal(documented.Keys, KindCatalog.Kinds.Order(StringComparer.Ordinal));
        Assert.All(documented, d => Assert.True(KindCatalog.MayState(d.Value, d.Key), d.Key));
        Assert.All(documented, d => Assert.False(KindCatalog.MayState("stranger:x", d.Key), d.Key));
    }

    /// <summary>Other programs take issuers and words from the document: docs/formats/pack.md, section 3.</summary>
    [Fact]
    public void Catalogue_and_words_for_other_programs_are_the_same()
    {
        var documented = JsonNode.Parse(File.ReadAllText(Repository.Path("docs", "formats", "kinds.json")))!.AsObject();

        Assert.Equal(KindCatalog.Kinds.Order(StringComparer.Ordinal), documented.Select(d => d.Key));
        Assert.All(documented, d => Assert.True(KindCatalog.MayState($"{d.Value!["by"]}:x", d.Key), d.Key));
        Assert.All(documented, d => Assert.Equal(new BilingualText($"{d.Value!["zh"]}", $"{d.Value["en"]}"), KindCatalog.TextOf(d.Key)));
    }

    [Fact]
    public void Every_kind_has_words_of_its_own_in_both_languages()
    {
        var texts = KindCatalog.Kinds.Select(KindCatalog.TextOf).ToArray();
        Assert.Equal(texts.Length, texts.Select(t => t.Zh).Distinct().Count());
        Assert.Equal(texts.Length, texts.Select(t => t.En).Distinct().Count());
    }

    [Fact]
    public void Unknown_kind_binds_nobody_and_is_shown_by_its_name()
    {
        Assert.True(KindCatalog.MayState("device:x", "weather.report"));
        Assert.Equal(new BilingualText("weather.report", "weather.report"), KindCatalog.TextOf("weather.report"));
    }

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Kind();
}
