namespace Cinnabar.Station.Anchors;

/// <summary>The newest part of the chain of blocks.</summary>
/// <param name="Height">Number of the last block in the present segment; 0 before the first.</param>
/// <param name="Blocks">The newest, in their order; at most 50, fewer when the chain is shorter.</param>
internal sealed record AnchorChainView(long Height, IReadOnlyList<AnchorBlockView> Blocks);
