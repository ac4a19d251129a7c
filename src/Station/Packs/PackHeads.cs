using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Packs;

/// <summary>Which head of the log packs are cut for: where courts watch this one, only what is final (docs/design/ledger.md, I4).</summary>
/// <param name="governance">The courts that watch; null where this one stands alone.</param>
/// <param name="anchor">Finds where the anchor chain holds a checkpoint, or one before it; null while it holds none.</param>
internal sealed class PackHeads(CourtLog log, FinalHeads final, GovernanceLog? governance, Func<Checkpoint, AnchorExcerpt?> anchor)
{
    // Final is a matter of milliseconds; courts that are silent for longer hold back the newest entries and not the pack.
    private static readonly TimeSpan s_finalMax = TimeSpan.FromSeconds(2);

    /// <summary>The newest head that a pack may have.</summary>
    /// <exception cref="TimeoutException">Nothing is final yet.</exception>
    public async Task<PackHead> TakeAsync(CancellationToken cancellationToken)
    {
        var head = log.Head;
        if (governance is null)
        {
            return Of(new FinalHead(head.Size, head.Root, head.Checkpoint, null));
        }

        try
        {
            return Of(await final.WaitForSizeAsync(head.Size, cancellationToken).AsTask().WaitAsync(s_finalMax, cancellationToken));
        }
        catch (TimeoutException) when (final.Newest is { } newest)
        {
            return Of(newest);
        }
    }

    private PackHead Of(FinalHead head) => new(
        head.Size, head.Root, head.Note, governance, anchor(new Checkpoint(log.Origin, head.Size, head.Root)));
}
