namespace Cinnabar.Station.Orders;

/// <summary>Why: no change of state without one.</summary>
internal sealed record ReasonDraft(string? Reason);
