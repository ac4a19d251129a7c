using Cinnabar.Evidence;
using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Station.Packs;

/// <summary>The head of the log that all receipts of one pack lead to.</summary>
/// <param name="Checkpoint">Signed; where courts watch this one, with the cosignatures that make it final.</param>
/// <param name="Governance">The courts that watch; null where this one stands alone.</param>
/// <param name="Anchor">Where an anchor chain holds it or a head before it; null where none is known to.</param>
internal sealed record PackHead(long Size, Digest Root, ReadOnlyMemory<byte> Checkpoint, GovernanceLog? Governance, AnchorExcerpt? Anchor);
