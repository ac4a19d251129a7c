using System.CommandLine;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar fsck</c>: recomputes a court's whole log from its bytes.</summary>
internal static class FsckCommand
{
    public static Command Create(Option<string?> language)
    {
        var log = new Argument<string>("LOG") { Description = "URL of the log (…/tlog) or a directory with its tiles" };
        var key = new Option<string?>("--key") { Description = "Key of the log: name+id+base64, as the station prints it" };
        var roster = new Option<string?>("--roster") { Description = "Roster or genesis of the courts you believe in. 法院名册" };
        var hashes = new Option<bool>("--hashes-only") { Description = "Check tiles and root, not what the entries say" };
        var command = new Command("fsck", "Recompute a court's whole log. 核对法院日志 (0 sound, 1 damaged, 2 usage, 3 unreachable)") { log, key, roster, hashes };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(log), parsed.GetValue(key), parsed.GetValue(roster), parsed.GetValue(hashes),
            Language.IsChinese(parsed, language), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string log, string? key, string? roster, bool hashesOnly, bool chinese, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        if (!TryOpenSource(log, client, out var source))
        {
            Console.Error.WriteLine(new BilingualText($"{log} 既不是网址也不是目录。", $"{log} is neither a URL nor a directory.").In(chinese));
            return ExitCode.Usage;
        }

        try
        {
            var trusted = await FindKeyAsync(source, key, roster, chinese, cancellationToken);
            if (trusted is null)
            {
                return ExitCode.Usage;
            }

            using var owned = trusted.Key;
            var report = await CheckAsync(source, trusted, hashesOnly, cancellationToken);
            return Say(report, trusted, chinese);
        }
        catch (TileSourceException unreadable)
        {
            Console.Error.WriteLine(new BilingualText($"无法读取日志：{unreadable.Message}", $"The log cannot be read: {unreadable.Message}").In(chinese));
            return ExitCode.Unreachable;
        }
    }

    private static bool TryOpenSource(string log, HttpClient client, out ITileSource source)
    {
        var url = Uri.TryCreate(log, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
        source = url is not null ? new HttpTileSource(client, url) : new DirectoryTileSource(log);
        return url is not null || Directory.Exists(log);
    }

    private static async Task<FsckReport> CheckAsync(ITileSource source, NoteKey key, bool hashesOnly, CancellationToken cancellationToken)
    {
        if (hashesOnly)
        {
            return await new LogFsck(source, check: null).RunAsync(key.Name, [key], progress: null, cancellationToken);
        }

        using var judge = new EntryJudge();
        var form = await new LogFsck(source, judge.CheckForm).RunAsync(key.Name, [key], progress: null, cancellationToken);
        return form.IsSound ? await new LogFsck(source, judge.CheckSignature).RunAsync(key.Name, [key], progress: null, cancellationToken) : form;
    }

    private static async Task<NoteKey?> FindKeyAsync(ITileSource source, string? key, string? rosterPath, bool chinese, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            return VerifierKey.TryParse(key, out var parsed) ? parsed : Fail("--key 不是日志密钥。", "--key is no key of a log.", chinese);
        }

        CourtRoster? roster = null;
        if (rosterPath is not null && !InputFile.TryReadRoster(rosterPath, chinese, out roster))
        {
            return null;
        }

        var note = await source.ReadAsync(TilePath.Checkpoint, cancellationToken);
        if (note is null || !SignedNote.TryParse(note.Value.Span, out var signed) || !Checkpoint.TryParse(signed.Text, out var claimed))
        {
            return Fail("那里没有检查点。", "There is no checkpoint there.", chinese);
        }

        var court = roster is not null ? roster.Find(claimed.Origin) : await SelfDeclaredAsync(source, claimed, cancellationToken);
        if (court is null)
        {
            return Fail($"找不到 {claimed.Origin} 的密钥。", $"No key of {claimed.Origin} is known; give --key or --roster.", chinese);
        }

        if (roster is null)
        {
            Console.Error.WriteLine(new BilingualText(
                $"未提供密钥：日志自称属于{court.Court}。请核对指纹 {court.Fingerprint}",
                $"No key was given: the log says itself that it is {court.CourtEnglish}'s. Compare the fingerprint {court.Fingerprint}").In(chinese));
        }

        return new NoteKey(court.Origin, new VerificationKey(court.LogKey));
    }

    private static async Task<CourtGenesis?> SelfDeclaredAsync(ITileSource source, Checkpoint claimed, CancellationToken cancellationToken)
    {
        var width = (int)Math.Min(claimed.Size, TlogTiles.WidthMax);
        var bundle = width > 0 ? await source.ReadAsync(TilePath.Entries(0, width), cancellationToken) : null;
        return bundle is not null && EntryBundle.TryDecode(bundle.Value, width, out var entries)
            && Statement.TryParse(entries[0].Span, out var statement, out _) == StatementVerdict.Valid
            && CourtGenesis.TryRead(statement!, out var genesis, out _) && genesis.Origin == claimed.Origin ? genesis : null;
    }

    private static int Say(FsckReport report, NoteKey key, bool chinese)
    {
        if (report.IsSound)
        {
            Console.WriteLine(new BilingualText(
                $"完好：{key.Name}，{report.TreeSize} 条，根 {report.Root}", $"SOUND: {key.Name}, {report.TreeSize} entries, root {report.Root}").In(chinese));
            return ExitCode.Good;
        }

        var place = report.EntryIndex >= 0 ? new BilingualText($"，第 {report.EntryIndex} 条", $" at entry {report.EntryIndex}").In(chinese) : "";
        Console.WriteLine(new BilingualText(
            $"损坏 {(int)report.Verdict} {report.Verdict}{place}：{report.Sentence}", $"DAMAGED {(int)report.Verdict} {report.Verdict}{place}: {report.Sentence}").In(chinese));
        return ExitCode.Refused;
    }

    private static NoteKey? Fail(string zh, string en, bool chinese)
    {
        Console.Error.WriteLine(new BilingualText(zh, en).In(chinese));
        return null;
    }
}
