using System.Globalization;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>A report on a pack for a person to read.</summary>
internal static class ReportText
{
    public static string Write(PackReport report, bool chinese)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Answer(report).In(chinese)}: {report.Sentence.In(chinese)}\n");
        if (report.Detail.Length > 0)
        {
            text.Append("  ").Append(report.Detail).Append('\n');
        }

        if (report.IsValid && report.Court is { } court)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(chinese ? court.Court : court.CourtEnglish)} ({court.Code}), {court.Origin}\n");
            text.Append(Pinned(report).In(chinese)).Append('\n');
            text.Append(new BilingualText($"法院指纹 {court.Fingerprint}", $"Fingerprint of the court {court.Fingerprint}").In(chinese)).Append('\n');
            text.Append(new BilingualText(
                $"日志共 {report.TreeSize} 条；本包 {report.Statements} 条记录，{report.Originals} 份原件。",
                $"{report.TreeSize} entries in the log; {report.Statements} statements and {report.Originals} originals in this pack.").In(chinese)).Append('\n');
            if (report.Finality is { } finality)
            {
                CourtsText.Append(text, finality, chinese);
            }

            if (report.Anchor is { } anchor)
            {
                CourtsText.Append(text, anchor, chinese);
            }
        }

        text.Append('\n');
        foreach (var step in report.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"{step.Number,3}  {Mark(step.Outcome).In(chinese)}  {step.Title.In(chinese)}");
            text.Append(step.Checked > 0 ? $" ({step.Checked})\n" : "\n");
        }

        foreach (var finding in report.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n! {finding.Text.In(chinese)}");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static BilingualText Answer(PackReport report) => report.IsValid
        ? new("有效", "VALID")
        : new($"拒绝 {(int)report.Verdict} {report.Verdict}", $"REFUSED {(int)report.Verdict} {report.Verdict}");

    private static BilingualText Pinned(PackReport report) => report.IsCourtPinned
        ? new("该法院在您提供的名册中。", "The court is in the roster you gave.")
        : new("未提供名册：法院身份仅由证据包自己声明。", "No roster was given: only the pack itself says which court this is.");

    private static BilingualText Mark(PackStepOutcome outcome) => outcome switch
    {
        PackStepOutcome.Passed => new("通过", "ok     "),
        PackStepOutcome.Refused => new("拒绝", "REFUSED"),
        PackStepOutcome.Skipped => new("跳过", "skipped"),
        _ => new("未检", "-      "),
    };
}
