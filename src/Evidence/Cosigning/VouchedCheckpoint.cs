using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>A checkpoint with all of one epoch's cosignatures that are under it, each verified.</summary>
/// <param name="Note">The signed note.</param>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Epoch">Whose courts were counted.</param>
/// <param name="Vouchers">One for each court that vouches, by the order of the epoch.</param>
public sealed record VouchedCheckpoint(ReadOnlyMemory<byte> Note, Checkpoint Checkpoint, Epoch Epoch, IReadOnlyList<Voucher> Vouchers)
{
    /// <summary>True when q courts of the epoch vouch.</summary>
    public bool IsFinal => Vouchers.Count >= Epoch.Quorum.Needed;

    /// <summary>Middle of the cosigners' clocks in seconds since 1970-01-01 UTC: right to within the honest clocks as long as fewer than half of the vouchers lie. Null without vouchers.</summary>
    public long? MedianTimeSeconds => Vouchers.Count == 0 ? null : Vouchers.Select(v => v.TimeSeconds).Order().ElementAt((Vouchers.Count - 1) / 2);
}
