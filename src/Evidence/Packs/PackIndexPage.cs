using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Evidence.Packs;

/// <summary>Writes the plain-language index and the README of a pack of version 1.</summary>
/// <remarks>
/// A function of the facts and nothing else, because the verifier makes both again and compares: a pack whose index says
/// more than its statements is refused. So what is written here must never change for version 1; other words are version 2.
/// </remarks>
internal static class PackIndexPage
{
    private const string Style =
        "body{font:16px/1.5 serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}"
        + "td,th{border:1px solid #999;padding:.4em;text-align:left;vertical-align:top}code{font-size:.8em;word-break:break-all}"
        + "img,video{max-width:100%;max-height:20em;display:block}.en{color:#444}summary{color:#666;font-size:.8em}@media print{video{display:none}}";

    /// <summary>Statements that only say whose keys are whose; a reader wants them last.</summary>
    private static readonly string[] s_keyKinds = [CourtGenesis.Kind, "device.enrolled", "device.revoked", "officer.enrolled"];

    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);
    private static readonly long s_lastShownMs = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The bytes of <see cref="PackPath.Index"/>.</summary>
    public static byte[] Html(PackFacts facts)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<title>电子封条证据包 Evidence pack</title><style>").Append(Style).Append("</style></head><body>\n");
        Line(page, "h1", new("电子封条证据包", "Evidence pack of an electronic court seal"));
        page.Append("<table>\n");
        Row(page, new("法院", "Court"), $"{Escape(facts.Court.Court)} · {Escape(facts.Court.CourtEnglish)} ({Escape(facts.Court.Code)})");
        Row(page, new("案号", "Case"), Escape(Join(facts.Statements.Select(s => s.Statement.Kind == "order.issued" ? s.Statement.Body.TextOrNull("case") : null))));
        Row(page, new("封条编号", "Seal"), Escape(Join(facts.Statements.Select(s => s.Statement.Kind == CourtGenesis.Kind ? null : s.Statement.Subject).Where(s => s != facts.Court.Origin))));
        Row(page, new("日志", "Log"), Escape(facts.Court.Origin));
        Row(page, new("日志条目数", "Entries in the log"), Number(facts.TreeSize));
        Row(page, new("日志根", "Root of the log"), Code(facts.Root.ToString()));
        Row(page, new("法院指纹", "Fingerprint of the court"), Code(facts.Court.Fingerprint));
        page.Append("</table>\n");
        AppendStatements(page, facts, new("发生了什么", "What happened"), s => !s_keyKinds.Contains(s.Kind));
        AppendCheck(page);
        AppendFiles(page, facts);
        AppendStatements(page, facts, new("谁的密钥", "Whose keys"), s => s_keyKinds.Contains(s.Kind));
        page.Append("</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>The bytes of <see cref="PackPath.Readme"/>.</summary>
    public static byte[] Readme(PackFacts facts) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"""
        电子封条证据包 / Evidence pack of an electronic court seal

        {Plain(facts.Court.Court)} / {Plain(facts.Court.CourtEnglish)}
        日志 / Log: {Plain(facts.Court.Origin)}, {facts.TreeSize} 条 / entries
        记录 / Statements: {facts.Statements.Count}    原件 / Originals: {facts.Originals.Count}

        1. 解压后用浏览器打开 index.html。 / Unpack, then open index.html in a browser.
        2. 核验（无需网络）/ Check, without a network:  cinnabar verify PACK.zip
        3. 向法院电话核对指纹，一致才说明是该法院的记录。
           Compare this fingerprint with the court by telephone; only then is it that court's record:

           {facts.Court.Fingerprint}

        格式说明 / Format: docs/formats/pack.md, 版本 / version 1.

        """).ReplaceLineEndings("\n"));

    private static void AppendCheck(StringBuilder page)
    {
        Line(page, "h2", new("如何核验", "How to check"));
        page.Append("<ol>\n");
        Line(page, "li", new("不要只相信本页；用核验程序检查整个压缩包：cinnabar verify PACK.zip。不需要网络，也不需要法院的服务器。",
            "Do not believe this page alone: have the whole zip checked with cinnabar verify PACK.zip. That needs no network and no server of the court."));
        Line(page, "li", new("向法院电话核对上面的法院指纹，或取得法院公布的名册文件并加上 --roster。",
            "Compare the fingerprint above with the court by telephone, or get the roster the court published and add --roster."));
        Line(page, "li", new("核验程序会重新生成本页并逐字比较；任何改动都会被拒绝。",
            "The program makes this page again and compares every letter; any change is refused."));
        Line(page, "li", new("时间是出具记录的设备自己的时钟；先后顺序以日志序号为准。",
            "Times are the clock of whoever made the statement; the order is that of the log's index."));
        page.Append("</ol>\n");
    }

    private static void AppendStatements(StringBuilder page, PackFacts facts, BilingualText title, Predicate<Statement> belongs)
    {
        var originals = facts.Originals.SelectMany(o => o.By!.Select(hash => (Hash: hash, File: o))).ToLookup(o => o.Hash, o => o.File);
        Line(page, "h2", title);
        page.Append("<table>\n<tr><th>序号 Index</th><th>时间 Time (UTC+8)</th><th>谁 Who</th><th>内容 What</th></tr>\n");
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (statement, index) in facts.Statements.Where(s => belongs(s.Statement)))
        {
            var text = KindCatalog.TextOf(statement.Kind);
            page.Append("<tr><td>").Append(Number(index)).Append("</td><td>").Append(Time(statement.TimeMs)).Append("</td><td>")
                .Append(Escape(statement.Issuer)).Append("</td><td><b>").Append(Escape(text.Zh)).Append("</b> <span class=\"en\">")
                .Append(Escape(text.En)).Append("</span>");
            foreach (var file in originals[statement.Hash].Where(f => shown.Add(f.Path.Text)))
            {
                page.Append(Shown(file.Path.Text));
            }

            page.Append("<details><summary>记录原文 In full</summary>").Append(Escape(statement.Subject)).Append("<br>")
                .Append(Code(CborDiagnostic.Format(statement.Body))).Append("<br><a href=\"").Append(PackPath.Statement(statement.Hash))
                .Append("\">").Append(Code(statement.Hash.ToString())).Append("</a></details></td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AppendFiles(StringBuilder page, PackFacts facts)
    {
        Line(page, "h2", new("原件", "Originals"));
        page.Append("<table>\n<tr><th>文件 File</th><th>字节 Bytes</th><th>由以下记录证明 Vouched for by</th></tr>\n");
        foreach (var file in facts.Originals)
        {
            page.Append("<tr><td><a href=\"").Append(file.Path.Text).Append("\">").Append(Code(file.Path.Text)).Append("</a></td><td>")
                .Append(Number(file.Size)).Append("</td><td>").AppendJoin("<br>", file.By!.Select(h => Code(h.ToString()))).Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Shown(string path) => path[^3..] switch
    {
        "jpg" => $"<img src=\"{path}\" alt=\"{path}\">",
        "mp4" => $"<video src=\"{path}\" controls></video>",
        _ => $"<br><a href=\"{path}\">文书 Document</a>",
    };

    private static void Line(StringBuilder page, string tag, BilingualText text) =>
        page.Append(CultureInfo.InvariantCulture, $"<{tag}>{Escape(text.Zh)} <span class=\"en\" lang=\"en\">{Escape(text.En)}</span></{tag}>\n");

    private static void Row(StringBuilder page, BilingualText name, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<tr><th>{name.Zh} <span class=\"en\">{name.En}</span></th><td>{value}</td></tr>\n");

    private static string Join(IEnumerable<string?> texts) => string.Join(", ", texts.Where(t => t is not null).Distinct());

    private static string Code(string text) => $"<code>{Escape(text)}</code>";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(long ms) => ms > s_lastShownMs
        ? Number(ms) + " ms"
        : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToOffset(s_beijing).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Plain(string text) => string.Concat(text.Select(c => CborDiagnostic.Misleads(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    private static string Escape(string text) => Plain(text)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
