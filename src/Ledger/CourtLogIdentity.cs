using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Rules;

namespace Cinnabar.Ledger;

/// <summary>What makes a log this log, for as long as it lives.</summary>
/// <param name="Signer">The log's name and key. As safe for concurrent use as its key.</param>
/// <param name="Genesis">Entry 0: who the log belongs to and under what rules it stands. Appended at creation, compared at every opening.</param>
/// <param name="Receipts">Signs roots under the same name with the same key.</param>
public sealed record CourtLogIdentity(CheckpointSigner Signer, ReadOnlyMemory<byte> Genesis, ReceiptIssuer Receipts)
{
    /// <summary>
    /// What every entry is judged by when it gets its place, genesis too; null lets in what the policy lets in. Fresh, for this one log,
    /// which restores it when it is opened; stays the caller's and must outlive the log.
    /// </summary>
    public EntryRules? Rules { get; init; }

    /// <summary>Begins every batch, and the epoch, with a header; null where no other court watches. Only beside <see cref="Rules"/> that know its epoch.</summary>
    public BatchHeaders? Headers { get; init; }
}
