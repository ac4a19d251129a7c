using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>How far a court's chain of blocks is: what courts tell each other to find an engine with two faces.</summary>
/// <param name="Segment">Which chain, see <see cref="AnchorBlock.StartOf"/>.</param>
/// <param name="Number">Number of its last block, from 1.</param>
/// <param name="Hash">Hash of that block.</param>
public readonly record struct AnchorHead(Digest Segment, long Number, Digest Hash);
