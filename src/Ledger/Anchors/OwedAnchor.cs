namespace Cinnabar.Ledger.Anchors;

/// <summary>An anchor of this court that has not been seen on the chain yet. Immutable.</summary>
/// <param name="Anchor">What is owed.</param>
/// <param name="Step">How far it has come.</param>
/// <param name="Since">When this log began to owe without a break.</param>
/// <param name="TriedAt">When it was last handed to the engine, or null.</param>
public sealed record OwedAnchor(Anchor Anchor, OwedStep Step, DateTimeOffset Since, DateTimeOffset? TriedAt);
