using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Ledger.Rules;

/// <summary>Makes the headers of an owner's batches within one epoch. As safe for concurrent use as its key.</summary>
/// <param name="court">Whose log it is.</param>
/// <param name="stationKey">Speaks for the court's station.</param>
/// <param name="epoch">The epoch in force.</param>
/// <param name="final">What the court knows to be final of its own log.</param>
/// <param name="time">The court's clock.</param>
public sealed class BatchHeaders(CourtGenesis court, SigningKey stationKey, Epoch epoch, FinalHeads final, TimeProvider time)
{
    /// <summary>The epoch in force.</summary>
    public Epoch Epoch => epoch;

    /// <summary>Signs a header.</summary>
    /// <param name="first">Its place.</param>
    /// <param name="before">The header before it; neither its time nor its final head is gone back on, whatever clock and disk have lost.</param>
    public Statement Make(long first, BatchHeader? before)
    {
        var head = final.Newest;
        var isNewer = head is not null && head.Size > (before?.FinalSize ?? 0);
        var header = new BatchHeader(
            first, epoch.Number, epoch.Hash,
            isNewer ? head!.Size : before?.FinalSize ?? 0, isNewer ? head!.Root : before?.FinalRoot ?? default,
            Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), before?.TimeMs ?? 0));
        return new StatementDraft
        {
            Issuer = court.StationIssuer, Subject = court.Origin, Kind = BatchHeader.Kind, TimeMs = header.TimeMs, Body = header.ToBody(),
        }.Sign(stationKey);
    }
}
