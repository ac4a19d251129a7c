namespace Cinnabar.Ledger.Anchors;

/// <summary>A segment as it was when the engine was met: what came over an engine that has since been changed counts no more.</summary>
/// <param name="Segment">Serial of the segment.</param>
/// <param name="Position">Where to follow from.</param>
internal readonly record struct AnchorSession(long Segment, long Position);
