using Cinnabar.Evidence;
using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Station.Packs;

/// <summary>Cuts out of this court's book of the anchor chain what shows a reader of packs that the chain holds the log up to some size.</summary>
internal static class PackAnchors
{
    // One read of the book. The blocks behind the record lead to one that another court may name; a reader needs no more of them.
    private const int BlocksMax = 1_000;

    /// <summary>The newest anchored head at or before a head of this log; null while the chain holds none.</summary>
    public static AnchorExcerpt? Cut(AnchorBook book, CourtLog log, Checkpoint head)
    {
        if (book.NewestOf(Anchor.LogOf(head.Origin)) is not { } block || block.Anchor.Size > head.Size || book.Segment is not { } segment
            || AnchorBlock.StartOf(segment.Identity) != block.Segment || Before(book, block) is not { } before)
        {
            return null;
        }

        var size = block.Anchor.Size;
        var earlier = size == head.Size ? null : new EarlierHead(size, log.RootAt(size), log.ProveConsistency(size, head.Size).Path);
        var excerpt = AnchorExcerpt.Of(segment.Identity, block.Reference, block.Number, before, Records(book, block), earlier);

        // What a chain holds of this log and this court never made is the book's alarm, and goes into no pack.
        return excerpt.Holds(head) ? excerpt : null;
    }

    /// <summary>Hash of the block before; null where this court joined the chain just here.</summary>
    private static Digest? Before(AnchorBook book, AnchorBlock block) =>
        block.Number == 1 ? block.Segment
        : block.Serial > 1 && book.ReadBlocks(block.Serial - 2, 1) is [var before] && before.Segment == block.Segment && before.Number == block.Number - 1
            ? before.Hash
        : null;

    private static ReadOnlyMemory<byte>[] Records(AnchorBook book, AnchorBlock block) =>
        [.. book.ReadBlocks(block.Serial - 1, BlocksMax).TakeWhile((b, i) => b.Segment == block.Segment && b.Number == block.Number + i)
            .Select(b => (ReadOnlyMemory<byte>)b.Anchor.Encode())];
}
