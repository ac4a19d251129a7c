using Cinnabar.Seal.Custody;
using Cinnabar.Shared;

namespace Cinnabar.Seal.Tests.Custody;

public sealed class CustodySettingsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Empty(new CustodySettings().Errors());

    [Fact]
    public void Document_IsAppliedOverTheSettings()
    {
        var (settings, errors) = new CustodySettings().Apply(new Dictionary<string, long> { ["tilt_degrees"] = 12 });

        Assert.Empty(errors);
        Assert.Equal(12, settings.TiltDegrees);
    }

    [Fact]
    public void EveryMistake_IsReportedTogetherAndNothingApplied()
    {
        var before = new CustodySettings();
        var (settings, errors) = before.Apply(new Dictionary<string, long>
        {
            ["tilt_degrees"] = 91,
            ["siren_cap_s"] = long.MaxValue,
            ["volume"] = 3,
            ["touch_threshold_mm_s2"] = 15_000,
        });

        Assert.Equal(
            [
                "volume is not a setting",
                "tilt_degrees is 91, allowed 2…90 degrees",
                "siren_cap_s is 2147483647, allowed 10…1200 s",
                "touch_threshold_mm_s2 must be below impact_threshold_mm_s2",
            ],
            errors);
        Assert.Same(before, settings);
    }

    [Fact]
    public void TheDocumentedTable_IsTheTable()
    {
        var documented = File.ReadLines(Repository.Path("docs", "formats", "settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => string.Join('|', line.Split('|')[1..5].Select(cell => cell.Trim(' ', '`'))));

        Assert.Equal(
            CustodySettingsTable.Entries.Select(entry => $"{entry.Name}|{entry.Unit}|{entry.Min}…{entry.Max}|{entry.Get(new CustodySettings())}"),
            documented);
    }

    [Fact]
    public void EverySetting_HasItsRowInTheTable() =>
        Assert.Equal(
            typeof(CustodySettings).GetProperties().Count(property => property.PropertyType == typeof(int)),
            CustodySettingsTable.Entries.Length);
}
