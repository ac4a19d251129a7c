using System.CommandLine;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station fsck</c>: recomputes this court's log from its bytes, also beside a running station.</summary>
internal static class FsckCommand
{
    private const int Good = 0;
    private const int Damaged = 1;
    private const int Usage = 2;

    public static Command Create(Option<DirectoryInfo> data)
    {
        var command = new Command("fsck", "Recompute the log from its bytes (0 sound, 1 damaged, 2 usage)") { data };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data), System.Console.Out, System.Console.Error, cancellationToken));
        return command;
    }

    /// <summary>Checks the log of a data folder.</summary>
    /// <param name="output">Gets the verdict, one line.</param>
    /// <param name="errors">Gets progress and complaints.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DirectoryInfo data, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var file = Path.Combine(data.FullName, FactsModule.LogFile);
        if (!File.Exists(file) || !File.Exists(Path.Combine(data.FullName, InitCommand.IdentityFile)))
        {
            await errors.WriteLineAsync($"{data.FullName} is no court's data folder with a log.");
            return Usage;
        }

        try
        {
            var genesis = GenesisFile.Read(data.FullName);
            if (!CourtGenesis.TryRead(genesis.Statement, out var court, out var detail))
            {
                await output.WriteLineAsync($"DAMAGED: the genesis file is refused: {detail}");
                return Damaged;
            }

            using var store = SqliteLogStore.OpenForReading(file);
            return Say(await CheckAsync(new StoreTileSource(store), court, errors, cancellationToken), court, output);
        }
        catch (Exception e) when (e is LogStoreException or TileSourceException or InvalidDataException)
        {
            await output.WriteLineAsync($"DAMAGED: {e.Message}");
            return Damaged;
        }
    }

    private static async Task<FsckReport> CheckAsync(StoreTileSource source, CourtGenesis court, TextWriter errors, CancellationToken cancellationToken)
    {
        using var key = new VerificationKey(court.LogKey);
        using var judge = new EntryJudge();
        NoteKey[] keys = [new(court.Origin, key)];
        string? CheckForm(SequencedEntry entry) =>
            entry.Index == 0 && !entry.Bytes.Span.SequenceEqual(court.Statement.Bytes.Span) ? "It is not the genesis of this folder." : judge.CheckForm(entry);

        var form = await new LogFsck(source, CheckForm).RunAsync(court.Origin, keys, new Told("form and tree", errors), cancellationToken);
        return form.IsSound
            ? await new LogFsck(source, judge.CheckSignature).RunAsync(court.Origin, keys, new Told("signatures", errors), cancellationToken)
            : form;
    }

    private static int Say(FsckReport report, CourtGenesis court, TextWriter output)
    {
        var place = report.EntryIndex >= 0 ? $" at entry {report.EntryIndex}" : "";
        output.WriteLine(report.IsSound
            ? $"SOUND: {court.Origin}, {report.TreeSize} entries, root {report.Root}"
            : $"DAMAGED {(int)report.Verdict} {report.Verdict}{place}: {report.Sentence}");
        return report.IsSound ? Good : Damaged;
    }

    /// <summary>Says how far a run has come, in whole percents and on the thread that reports.</summary>
    private sealed class Told(string what, TextWriter errors) : IProgress<FsckProgress>
    {
        private long _percent = -1;

        public void Report(FsckProgress value)
        {
            var percent = value.TreeSize == 0 ? 100 : value.EntriesChecked * 100 / value.TreeSize;
            if (percent > _percent)
            {
                _percent = percent;
                errors.WriteLine($"{what}: {value.EntriesChecked} of {value.TreeSize} entries, {percent} %");
            }
        }
    }
}
