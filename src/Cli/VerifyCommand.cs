using System.CommandLine;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar verify</c>: checks an evidence pack. Opens the files it is given and nothing else.</summary>
internal static class VerifyCommand
{
    public static Command Create(Option<string?> language)
    {
        var pack = new Argument<string>("PACK") { Description = "The evidence pack (zip). 证据包" };
        var roster = new Option<string?>("--roster") { Description = "Roster or genesis of the courts you believe in. 法院名册" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("verify", "Check an evidence pack offline. 离线核验证据包 (0 valid, 1 refused, 2 usage)") { pack, roster, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(pack), parsed.GetValue(roster), parsed.GetValue(json), Language.IsChinese(parsed, language)));
        return command;
    }

    private static int Run(string path, string? rosterPath, bool json, bool chinese)
    {
        CourtRoster? roster = null;
        if ((rosterPath is not null && !InputFile.TryReadRoster(rosterPath, chinese, out roster))
            || !InputFile.TryOpen(path, chinese, out var pack))
        {
            return ExitCode.Usage;
        }

        using (pack)
        {
            var report = PackVerifier.Verify(pack, roster);
            Console.WriteLine(json ? ReportJson.Write(report) : ReportText.Write(report, chinese));
            return report.IsValid ? ExitCode.Good : ExitCode.Refused;
        }
    }
}
