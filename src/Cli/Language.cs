using System.CommandLine;
using Cinnabar.Evidence;

namespace Cinnabar.Cli;

/// <summary>Chinese or English: what --lang says, else what LANG says, else English.</summary>
internal static class Language
{
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--lang") { Description = "zh or en; default from LANG", Recursive = true };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }

    public static bool IsChinese(ParseResult parsed, Option<string?> option) =>
        (parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("LANG") ?? "").StartsWith("zh", StringComparison.Ordinal);

    public static string In(this BilingualText text, bool chinese) => chinese ? text.Zh : text.En;
}
