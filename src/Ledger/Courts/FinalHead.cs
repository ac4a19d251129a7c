using Cinnabar.Evidence;
using Cinnabar.Evidence.Cosigning;

namespace Cinnabar.Ledger.Courts;

/// <summary>A head of a court's log that can no longer be exchanged for another one of its size.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Note">The signed checkpoint with every cosignature that made it final.</param>
/// <param name="Vouched">Who vouches; null at a court that stands alone, whose own signature is all there is.</param>
public sealed record FinalHead(long Size, Digest Root, ReadOnlyMemory<byte> Note, VouchedCheckpoint? Vouched);
