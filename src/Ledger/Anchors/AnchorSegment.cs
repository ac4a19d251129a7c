using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>One engine's part of a court's chain of blocks, from adoption to the next. Immutable; each change is a new value.</summary>
/// <param name="Serial">From 1, growing with each adoption.</param>
/// <param name="Identity">The engine's identity; its <see cref="AnchorBlock.StartOf"/> names the chain.</param>
/// <param name="Position">Position of the last place that was judged; 0 before the first.</param>
/// <param name="Number">Number of the last block; 0 before the first.</param>
/// <param name="Hash">Hash of the last block; the start before the first.</param>
/// <param name="SetAsideBy">Serial of the alarm that set the engine aside, or null while it is believed.</param>
public sealed record AnchorSegment(long Serial, string Identity, long Position, long Number, Digest Hash, long? SetAsideBy);
