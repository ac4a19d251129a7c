namespace Cinnabar.Architecture.Tests;

/// <summary>The ban on clock, file, network, randomness and Task must bind the folders that are said to be pure.</summary>
public sealed class PurityTests
{
    [Theory]
    [InlineData("[src/{Evidence,Registry}/**.cs]")]
    [InlineData("[src/Seal/Custody/**.cs]")]
    public void EditorConfig_MakesTheBanAnError(string section)
    {
        var text = Repository.Read(".editorconfig");
        var start = text.IndexOf(section, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{section} is missing.");
        var end = text.IndexOf("\n[", start, StringComparison.Ordinal);
        Assert.Contains("RS0030.severity = error", end < 0 ? text[start..] : text[start..end]);
    }

    [Fact]
    public void PureFolders_HoldNoPragmaThatLiftsTheBan()
    {
        var lifted = ((string[])["src/Evidence", "src/Registry", "src/Seal/Custody"])
            .SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(file => Repository.Read(file).Contains("RS0030", StringComparison.Ordinal));
        Assert.Empty(lifted);
    }

    [Theory]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("N:System.Net")]
    [InlineData("N:System.Threading.Tasks")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.Random")]
    public void BannedSymbols_Name(string symbol) =>
        Assert.Contains(symbol + ";", Repository.Read("src/BannedSymbols.txt"));
}
