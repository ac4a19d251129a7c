using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>A log that this court anchors.</summary>
/// <param name="Log">SHA-256 of its origin.</param>
/// <param name="FirstSize">The first size that was ever owed: what the chain shows below it is from before this book, and not judged.</param>
/// <param name="Newest">The newest anchor that was ever owed: owed again when an engine begins anew.</param>
public sealed record OwnLog(Digest Log, long FirstSize, Anchor Newest);
