using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>The sample court's own log under rules, from opening to closing.</summary>
internal sealed class OwnLog : IAsyncDisposable
{
    /// <param name="epoch">The epoch in force; 0 for a court that stands alone.</param>
    public OwnLog(ILogStore store, RuledCourt court, int epoch, TimeProvider? time = null, GovernanceLog? governance = null)
    {
        Rules = new EntryRules(epoch > 0 ? governance ?? court.Governance : null);
        var genesis = court.Court.Genesis;
        var identity = new CourtLogIdentity(
            new CheckpointSigner(SampleCourt.Origin, SampleCourt.LogKey), genesis.Statement.Bytes, new ReceiptIssuer(SampleCourt.Origin, SampleCourt.LogKey))
        {
            Rules = Rules,
            Headers = epoch > 0 ? new BatchHeaders(genesis, SampleCourt.StationKey, court.Epoch(epoch), Final, time ?? TimeProvider.System) : null,
        };
        Log = CourtLog.Open(store, identity, _ => null, TestLog.AtOnce(), TimeProvider.System);
    }

    public CourtLog Log { get; }

    public EntryRules Rules { get; }

    public FinalHeads Final { get; } = new();

    public async Task<AppendResult> AppendAsync(ReadOnlyMemory<byte> entry) => await Log.AppendAsync(entry, TestContext.Current.CancellationToken);

    /// <summary>What a court that mirrors the log finds wrong with it.</summary>
    public EntryFault? FaultForOthers(GovernanceLog? governance)
    {
        using var rules = new EntryRules(governance);
        return rules.Rule(0, Entries(), long.MaxValue, RuledCourt.Nowhere).Fault;
    }

    public ReadOnlyMemory<byte>[] Entries() => [.. Log.ReadEntries(0, CourtLog.ReadEntriesMax).Select(e => e.Bytes)];

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        Rules.Dispose();
    }
}
