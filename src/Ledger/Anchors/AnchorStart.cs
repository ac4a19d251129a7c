using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>Where a court joins the chain of an engine that has already forgotten its first records; taken from another court's page.</summary>
/// <param name="Identity">The engine's identity; for another one the start is not used.</param>
/// <param name="Position">Position of the block to go on from.</param>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash. Wrong, and every court's head is contested at once.</param>
public sealed record AnchorStart(string Identity, long Position, long Number, Digest Hash);
