using System.Text;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>One link of the chain of blocks that a court makes of what an engine shows: an anchor bound to everything before it.</summary>
/// <param name="Serial">This court's own number over all segments, from 1: what a page continues from.</param>
/// <param name="Segment">Which chain: <see cref="StartOf"/> the engine's identity. Courts that follow one engine share it.</param>
/// <param name="Number">From 1 in its segment.</param>
/// <param name="Hash">SHA-256(hash of the block before ‖ 72 bytes of the anchor); before block 1 stands <paramref name="Segment"/>.</param>
/// <param name="Anchor">What it holds.</param>
/// <param name="Position">Where the engine says it stands.</param>
/// <param name="Reference">The engine's own words for looking it up.</param>
/// <param name="SeenAt">When this court wrote it down, by its clock; not part of the hash.</param>
/// <remarks>Immutable. Format: docs/formats/anchor.md.</remarks>
public sealed record AnchorBlock(
    long Serial, Digest Segment, long Number, Digest Hash, Anchor Anchor, long Position, string Reference, DateTimeOffset SeenAt)
{
    /// <summary>What two courts compare.</summary>
    public AnchorHead Head => new(Segment, Number, Hash);

    /// <summary>The hash before block 1 of an engine's chain.</summary>
    public static Digest StartOf(string identity) => Digest.Of(Encoding.UTF8.GetBytes("cinnabar anchor segment\n" + identity));

    /// <summary>The hash of the block after one with this hash.</summary>
    public static Digest HashOf(Digest previous, Anchor anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return Digest.Of([.. previous.ToArray(), .. anchor.Encode()]);
    }
}
