using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>A report on a pack for a program to read.</summary>
internal static class ReportJson
{
    /// <summary>How all reports are written.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PackReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", report.IsValid);
            json.WriteNumber("verdict", (int)report.Verdict);
            json.WriteString("verdictName", report.Verdict.ToString());
            Write(json, "sentence", report.Sentence);
            json.WriteString("detail", report.Detail);
            Write(json, report.IsValid ? report.Court : null, report.IsCourtPinned);
            json.WriteNumber("treeSize", report.TreeSize);
            json.WriteNumber("statements", report.Statements);
            json.WriteNumber("originals", report.Originals);
            if (report.IsValid)
            {
                CourtsJson.Write(json, report.Finality);
                CourtsJson.Write(json, report.Anchor);
            }

            WriteSteps(json, report.Steps);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteNumber("code", (int)finding.Code);
                json.WriteString("name", finding.Code.ToString());
                Write(json, "text", finding.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<PackStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteNumber("number", step.Number);
            Write(json, "title", step.Title);
            json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(step.Outcome.ToString()));
            json.WriteNumber("checked", step.Checked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CourtGenesis? court, bool pinned)
    {
        if (court is null)
        {
            return;
        }

        json.WriteStartObject("court");
        json.WriteString("name", court.Court);
        json.WriteString("code", court.Code);
        json.WriteString("origin", court.Origin);
        json.WriteString("genesis", court.Statement.Hash.ToString());
        json.WriteString("fingerprint", court.Fingerprint);
        json.WriteBoolean("pinned", pinned);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, BilingualText text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }
}
