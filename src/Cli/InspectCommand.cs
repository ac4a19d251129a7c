using System.CommandLine;
using System.Globalization;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar inspect</c>: shows what a file says. It checks form, never signatures, and says so.</summary>
internal static class InspectCommand
{
    private static readonly BilingualText s_unchecked = new("（仅显示内容，未核验签名）", "(shown as it stands; no signature was checked)");

    public static Command Create(Option<string?> language)
    {
        var file = new Argument<string>("FILE") { Description = "Statement, receipt, checkpoint, roster, pack or any CBOR" };
        var command = new Command("inspect", "Show what a file says. 显示文件内容") { file };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), Language.IsChinese(parsed, language)));
        return command;
    }

    private static int Run(string path, bool chinese)
    {
        if (!InputFile.TryOpen(path, chinese, out var stream))
        {
            return ExitCode.Usage;
        }

        using (stream)
        {
            Span<byte> start = stackalloc byte[2];
            if (stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start.SequenceEqual("PK"u8))
            {
                return ShowPack(stream, chinese);
            }
        }

        return InputFile.TryRead(path, chinese, out var bytes) ? Show(bytes, chinese) : ExitCode.Usage;
    }

    private static int Show(byte[] bytes, bool chinese)
    {
        try
        {
            Console.WriteLine(Describe(bytes) + "\n" + s_unchecked.In(chinese));
            return ExitCode.Good;
        }
        catch (CborRefusedException refused)
        {
            Console.Error.WriteLine(new BilingualText(
                $"不是记录、收据、检查点或证据包，也不是规定的 CBOR：第 {refused.Offset} 字节，规则 {(int)refused.Rule} {refused.Rule}",
                $"No statement, receipt, checkpoint or pack, nor CBOR of our subset: byte {refused.Offset}, rule {(int)refused.Rule} {refused.Rule}").In(chinese));
            return ExitCode.Refused;
        }
    }

    private static string Describe(byte[] bytes)
    {
        if (SignedNote.TryParse(bytes, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return Invariant($"checkpoint\n  origin {checkpoint.Origin}\n  size   {checkpoint.Size}\n  root   {checkpoint.Root}\n")
                + string.Join('\n', note.Signatures.Select(s => Invariant($"  signed {s.Name} key {s.KeyId:x8}")));
        }

        if (Statement.TryParse(bytes, out var statement, out _) == StatementVerdict.Valid)
        {
            return Invariant($"statement {statement!.Hash}\n") + (CourtGenesis.TryRead(statement, out var genesis, out _)
                ? Invariant($"fingerprint {genesis.Fingerprint}\n") : "") + NamedNotation.Write(CoseSign1.Parse(bytes));
        }

        if (Receipt.TryParse(bytes, out var receipt, out _) == ReceiptVerdict.Valid)
        {
            return Invariant($"receipt of {receipt!.Origin}: entry {receipt.Proof.LeafIndex} of {receipt.Proof.TreeSize}\n") + NamedNotation.Write(CoseSign1.Parse(bytes));
        }

        if (CourtRoster.TryParse(bytes, out var roster, out _))
        {
            return "roster\n" + string.Join('\n', roster.Courts.Select(c => Invariant($"  {c.Code} {c.Court} {c.Origin}\n    {c.Fingerprint}")));
        }

        return bytes is [0xd2, ..] ? NamedNotation.Write(CoseSign1.Parse(bytes)) : NamedNotation.Write(CborValue.Decode(bytes));
    }

    private static int ShowPack(Stream stream, bool chinese)
    {
        var verdict = PackReader.TryOpen(stream, PackLimits.Default, out var reader, out var detail);
        if (verdict != PackVerdict.Valid)
        {
            Console.Error.WriteLine(Invariant($"{(int)verdict} {verdict}: {PackSentences.Of(verdict).In(chinese)} {detail}"));
            return ExitCode.Refused;
        }

        var text = new StringBuilder("pack\n");
        foreach (var file in reader!.Files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.Size,12} {file.Path.Text}\n");
        }

        if (reader.Find(PackPath.Manifest) is { } manifest && PackManifest.TryParse(reader.Read(manifest), out var read, out _))
        {
            text.Append(CultureInfo.InvariantCulture, $"{read.Origin}\n");
            foreach (var listed in read.Statements)
            {
                var known = reader.Find(PackPath.Statement(listed.Hash)) is { } file
                    && Statement.TryParse(reader.Read(file), out var statement, out _) == StatementVerdict.Valid ? statement : null;
                text.Append(CultureInfo.InvariantCulture, $"{listed.Index,12} {listed.Hash} {known?.Kind} {known?.Issuer}\n");
            }
        }

        Console.WriteLine(text.Append(s_unchecked.In(chinese)).Append(new BilingualText(" 核验请用 verify。", " To check it, use verify.").In(chinese)));
        return ExitCode.Good;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
