using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>How an engine does at a moment. Immutable.</summary>
/// <param name="Condition">In one word.</param>
/// <param name="Since">Since when; null while good.</param>
/// <param name="Owed">How many anchors of this court are not seen on the chain yet.</param>
/// <param name="Reason">For the person who must act; null while good or merely behind.</param>
public sealed record AnchorState(AnchorCondition Condition, DateTimeOffset? Since, int Owed, BilingualText? Reason);
