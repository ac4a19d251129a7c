using Cinnabar.Evidence;
using Cinnabar.Evidence.Cosigning;

namespace Cinnabar.Ledger.Courts;

/// <summary>How a mirror stands, for people and for other courts. Immutable.</summary>
/// <param name="Size">Number of entries that it holds.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Note">The owner's note of this head, with this court's own lines where it vouches; empty before the first push.</param>
/// <param name="SeenSize">Of the largest head of this owner that was seen anywhere.</param>
/// <param name="Fork">Why it is frozen, or null.</param>
/// <param name="IsSealed">True when it has promised to vouch no more in this epoch.</param>
/// <param name="Trouble">Why it vouches for nothing now, or why it refused the last push; empty when all is well.</param>
public sealed record MirrorStatus(
    long Size, Digest Root, ReadOnlyMemory<byte> Note, long SeenSize, ForkEvidence? Fork, bool IsSealed, string Trouble);
