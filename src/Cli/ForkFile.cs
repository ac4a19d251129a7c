using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar verify</c> of evidence that a court signed two histories of its log: docs/formats/fork.md.</summary>
internal static class ForkFile
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True for a file that begins as no pack does: with a CBOR array.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return file.ReadByte() is >= 0x80 and < 0xa0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Whoever opens it next says why it cannot be read.
            return false;
        }
    }

    /// <param name="rosterPath">Roster, genesis or governance log: names the key with which the owner signs.</param>
    public static int Verify(string path, string? rosterPath, bool json, bool chinese)
    {
        if (rosterPath is null)
        {
            Console.Error.WriteLine(new BilingualText(
                "分叉证据须用 --roster 给出法院名册、创世声明或治理日志。", "Evidence of a fork needs --roster: a roster, genesis or governance log that names the court's key.").In(chinese));
            return ExitCode.Usage;
        }

        if (!InputFile.TryRead(path, chinese, out var bytes) || !TryReadKeys(rosterPath, chinese, out var keyOf))
        {
            return ExitCode.Usage;
        }

        var origin = OriginOf(bytes);
        var (verdict, evidence) = Judge(bytes, origin, keyOf(origin));
        Console.WriteLine(json ? Json(verdict, origin, evidence) : Text(verdict, origin, evidence, chinese));
        return verdict == ForkVerdict.Valid ? ExitCode.Good : ExitCode.Refused;
    }

    private static (ForkVerdict Verdict, ForkEvidence? Evidence) Judge(byte[] bytes, string origin, CoseKey? owner)
    {
        if (owner is null)
        {
            // The first step needs no key; what is well-formed is then signed by nobody that is known.
            return (origin.Length == 0 ? ForkVerdict.Malformed : ForkVerdict.NotSigned, null);
        }

        using var key = new VerificationKey(owner);
        var verdict = ForkEvidence.Verify(bytes, origin, new NoteKey(origin, key), out var evidence);
        return (verdict, evidence);
    }

    /// <summary>The log that the first head speaks of; empty where nothing can be read.</summary>
    private static string OriginOf(byte[] bytes)
    {
        try
        {
            return bytes.Length <= ForkEvidence.LengthMax && CborValue.Decode(bytes).AsArray() is [_, { Kind: CborKind.Bytes } first, ..]
                && SignedNote.TryParse(first.AsBytes().Span, out var note) && Checkpoint.TryParse(note.Text, out var said) ? said.Origin : "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static bool TryReadKeys(string path, bool chinese, out Func<string, CoseKey?> keyOf)
    {
        keyOf = _ => null;
        if (!InputFile.TryRead(path, chinese, out var bytes))
        {
            return false;
        }

        if (GovernanceLog.TryParse(bytes, out var governance, out _) == GovernanceVerdict.Valid)
        {
            keyOf = origin => governance!.Epochs.Reverse().Select(e => e.Find(origin)).FirstOrDefault(c => c is not null)?.LogKey;
            return true;
        }

        if (!InputFile.TryReadRoster(path, chinese, out var roster))
        {
            return false;
        }

        keyOf = origin => roster.Find(origin)?.LogKey;
        return true;
    }

    private static BilingualText Sentence(ForkVerdict verdict, string origin, ForkEvidence? evidence) => verdict switch
    {
        ForkVerdict.Valid => new(
            $"{origin} 的所有者签署了两部互不相容的历史：{evidence!.First.Size} 条与 {evidence.Second.Size} 条。",
            $"The owner of {origin} signed two histories that cannot both be: of {evidence.First.Size} and of {evidence.Second.Size} entries."),
        ForkVerdict.Malformed => new("文件不是分叉证据。", "The file is no evidence of a fork."),
        ForkVerdict.NotSigned => new(
            "其中至少一个日志头并非由您的名册所列法院签署。", "At least one of the heads is not signed by a court of your roster as owner of its log."),
        _ => new("两个日志头可以同属一部历史。", "Both heads may belong to one history."),
    };

    private static string Text(ForkVerdict verdict, string origin, ForkEvidence? evidence, bool chinese)
    {
        var answer = verdict == ForkVerdict.Valid ? new BilingualText("分叉属实", "FORK PROVEN") : new BilingualText($"拒绝 {(int)verdict} {verdict}", $"REFUSED {(int)verdict} {verdict}");
        var text = new StringBuilder($"{answer.In(chinese)}: {Sentence(verdict, origin, evidence).In(chinese)}");
        foreach (var head in evidence is null ? [] : new[] { evidence.First, evidence.Second })
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {head.Size}  {Convert.ToBase64String(head.Root.ToArray())}");
        }

        return evidence is null ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"\n  SHA-256 {evidence.Hash}").ToString();
    }

    private static string Json(ForkVerdict verdict, string origin, ForkEvidence? evidence)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            var sentence = Sentence(verdict, origin, evidence);
            json.WriteStartObject();
            json.WriteBoolean("valid", verdict == ForkVerdict.Valid);
            json.WriteNumber("verdict", (int)verdict);
            json.WriteString("verdictName", verdict.ToString());
            json.WriteStartObject("sentence");
            json.WriteString("zh", sentence.Zh);
            json.WriteString("en", sentence.En);
            json.WriteEndObject();
            json.WriteString("origin", origin);
            if (evidence is not null)
            {
                json.WriteString("hash", evidence.Hash.ToString());
                json.WriteStartArray("heads");
                foreach (var head in new[] { evidence.First, evidence.Second })
                {
                    json.WriteStartObject();
                    json.WriteNumber("size", head.Size);
                    json.WriteString("root", head.Root.ToString());
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
