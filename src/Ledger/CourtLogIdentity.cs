using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Ledger;

/// <summary>What makes a log this log, for as long as it lives.</summary>
/// <param name="Signer">The log's name and key. As safe for concurrent use as its key.</param>
/// <param name="Genesis">Entry 0: who the log belongs to and under what rules it stands. Appended at creation, compared at every opening.</param>
/// <param name="Receipts">Signs roots under the same name with the same key.</param>
public sealed record CourtLogIdentity(CheckpointSigner Signer, ReadOnlyMemory<byte> Genesis, ReceiptIssuer Receipts);
