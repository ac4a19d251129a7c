namespace Cinnabar.Evidence;

/// <summary>One sentence in the two languages of every page, sheet, warning and report. Immutable.</summary>
/// <param name="Zh">Chinese, simplified; the one that binds.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En)
{
    /// <summary>The text in a language; any tag that does not begin with <c>en</c> is Chinese.</summary>
    public string In(string? language) => language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? En : Zh;
}
