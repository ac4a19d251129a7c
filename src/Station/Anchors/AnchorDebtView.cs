namespace Cinnabar.Station.Anchors;

/// <summary>What this court has brought onto the chain.</summary>
/// <param name="Owed">Anchors not seen on the chain yet.</param>
/// <param name="AnchoredSize">Of the largest head of this court's log on the chain; 0 before the first.</param>
/// <param name="LastAt">When that was seen there.</param>
internal sealed record AnchorDebtView(int Owed, long AnchoredSize, DateTimeOffset? LastAt);
