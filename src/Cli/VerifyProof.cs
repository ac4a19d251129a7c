using System.Globalization;
using System.Text;
using System.Text.Json;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>The part of <c>cinnabar verify</c> that checks a compact proof, beside the statement it is for and the courts' governance log.</summary>
internal static class VerifyProof
{
    private static readonly byte[] s_firstLine = "c2sp.org/tlog-proof@"u8.ToArray();

    /// <summary>True for a file that begins as a tlog-proof does; it is left at its beginning.</summary>
    public static bool IsProof(Stream file)
    {
        var start = new byte[s_firstLine.Length];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == start.Length && start.AsSpan().SequenceEqual(s_firstLine);
    }

    public static int Run(string path, string? statementPath, string? governancePath, CourtRoster? roster, bool json, bool chinese)
    {
        if (statementPath is null || governancePath is null)
        {
            Console.Error.WriteLine(new BilingualText(
                "核验简明证明需要 --statement 和 --governance。", "A compact proof is checked beside --statement and --governance.").In(chinese));
            return ExitCode.Usage;
        }

        if (!InputFile.TryRead(path, chinese, out var proof) || !InputFile.TryRead(statementPath, chinese, out var statement)
            || !InputFile.TryRead(governancePath, chinese, out var file))
        {
            return ExitCode.Usage;
        }

        var read = GovernanceLog.TryParse(file, out var governance, out var detail);
        if (read != GovernanceVerdict.Valid)
        {
            Console.Error.WriteLine(new BilingualText(
                $"{governancePath} 不是有效的法院名单（{(int)read} {read}）：{detail}", $"{governancePath} is no governance log ({(int)read} {read}): {detail}").In(chinese));
            return ExitCode.Usage;
        }

        var verdict = ProofVerifier.Verify(proof, statement, governance!, roster, out var finality);
        Console.WriteLine(json ? Json(verdict, finality) : Text(verdict, finality, chinese));
        return verdict == ProofVerdict.Valid ? ExitCode.Good : ExitCode.Refused;
    }

    private static string Text(ProofVerdict verdict, PackFinality? finality, bool chinese)
    {
        var answer = verdict == ProofVerdict.Valid ? new("有效", "VALID") : new BilingualText($"拒绝 {(int)verdict} {verdict}", $"REFUSED {(int)verdict} {verdict}");
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{answer.In(chinese)}: {Sentence(verdict).In(chinese)}\n");
        if (finality is not null)
        {
            CourtsText.Append(text, finality, chinese);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Json(ProofVerdict verdict, PackFinality? finality)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ReportJson.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", verdict == ProofVerdict.Valid);
            json.WriteNumber("verdict", (int)verdict);
            json.WriteString("verdictName", verdict.ToString());
            CourtsJson.Write(json, finality);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static BilingualText Sentence(ProofVerdict verdict) => verdict switch
    {
        ProofVerdict.Valid => new("记录在日志中，且有足够多的法院作证；记录自身的签名未核验。",
            "The statement is in the log, and enough courts vouch for it. Its own signature was not checked."),
        ProofVerdict.NotAProof => new("文件不是规定格式的简明证明。", "The file is not a compact proof in its one form."),
        ProofVerdict.SignatureInvalid => new("日志或一家法院的签名错误。", "A signature of the log or of a court is wrong."),
        ProofVerdict.NotFinal => new("作证的法院不足法定数目，尚未终局。", "Fewer courts than needed vouch: it is not final."),
        ProofVerdict.NotIncluded => new("证明不是这条记录的。", "The proof is not of this statement."),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
