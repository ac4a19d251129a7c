using System.CommandLine;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar verify</c>: checks an evidence pack, or a compact proof. Opens the files it is given and nothing else.</summary>
internal static class VerifyCommand
{
    public static Command Create(Option<string?> language)
    {
        var pack = new Argument<string>("PACK") { Description = "The evidence pack (zip), a compact proof (tlog-proof), or evidence of a court's fork. 证据包、简明证明或分叉证据" };
        var roster = new Option<string[]>("--roster") { Description = "Roster or genesis of the courts you believe in; may be given for each. 法院名册，可多次给出" };
        var statement = new Option<string?>("--statement") { Description = "Of a compact proof: the statement it is for. 简明证明所证的记录" };
        var governance = new Option<string?>("--governance") { Description = "Of a compact proof: the courts' governance log. 法院名单" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("verify", "Check an evidence pack offline. 离线核验证据包 (0 valid, 1 refused, 2 usage)") { pack, roster, statement, governance, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(pack), parsed.GetValue(roster) ?? [], (parsed.GetValue(statement), parsed.GetValue(governance)),
            parsed.GetValue(json), Language.IsChinese(parsed, language)));
        return command;
    }

    private static int Run(string path, string[] rosterPaths, (string? Statement, string? Governance) beside, bool json, bool chinese)
    {
        if (ForkFile.IsOne(path))
        {
            return ForkFile.Verify(path, rosterPaths.FirstOrDefault() ?? beside.Governance, json, chinese);
        }

        if (!InputFile.TryReadRosters(rosterPaths, chinese, out var roster) || !InputFile.TryOpen(path, chinese, out var pack))
        {
            return ExitCode.Usage;
        }

        using (pack)
        {
            if (VerifyProof.IsProof(pack))
            {
                return VerifyProof.Run(path, beside.Statement, beside.Governance, roster, json, chinese);
            }

            var report = PackVerifier.Verify(pack, roster);
            Console.WriteLine(json ? ReportJson.Write(report) : ReportText.Write(report, chinese));
            return report.IsValid ? ExitCode.Good : ExitCode.Refused;
        }
    }
}
