using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Storage;

/// <summary>Log files that earlier versions wrote open for ever. Each lies in vectors/released, made by the program of its time.</summary>
public sealed class ReleasedLogTests
{
    /// <summary>Schema version 1: no marks.</summary>
    [Fact]
    public async Task Log_of_version_1_opens_is_sound_and_can_be_judged_by()
    {
        using var folder = new TempFolder();
        File.Copy(Repository.Path("vectors", "released", "1", "stores", "log.db"), folder.LogPath);
        using var store = SqliteLogStore.Open(folder.LogPath);

        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(store.ReadEntry(0), out var first, out var detail));
        Assert.True(CourtGenesis.TryRead(first!, out var genesis, out detail), detail);
        using var key = new VerificationKey(genesis.LogKey);
        using var judge = new EntryJudge();
        var report = await new LogFsck(new StoreTileSource(store), judge.CheckForm)
            .RunAsync(genesis.Origin, [new NoteKey(genesis.Origin, key)], null, TestContext.Current.CancellationToken);
        Assert.True(report.IsSound, report.Sentence);

        using var rules = new EntryRules(null);
        rules.Restore(MarkedEntries.Read(store, store.ReadHead()!.Size));
    }
}
